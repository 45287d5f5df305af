import { Field, ID, Int, ObjectType } from 'type-graphql';
import { SeverityFigures } from '../findings/severity-figures.type.js';

/** One change that mends findings: building images on a newer base image. */
@ObjectType({ description: 'One change that mends findings: building images on a newer base image. It mends as many as the newer base has the fixes for.' })
export class BaseFix extends SeverityFigures {
  @Field(() => ID, { description: 'Uncompressed digest of the topmost layer of the base; what `FindingFilterInput.baseLayer` takes.' })
  declare readonly baseLayer: string;

  @Field(() => String, { nullable: true, description: 'Name of the base image, where labels of the images say it.' })
  declare readonly name?: string | undefined;

  @Field(() => String, { nullable: true, description: 'Distribution of the images.' })
  declare readonly distributionName?: string | undefined;

  @Field(() => Int, { description: 'Findings in its layers that have a fixed version.' })
  declare readonly findingCount: number;

  @Field(() => Int, { description: 'Known to be exploited.' })
  declare readonly exploitedCount: number;

  @Field(() => Int, { description: 'Packages with these findings.' })
  declare readonly packageCount: number;

  @Field(() => Int, { description: 'Images that are built on it and have such findings.' })
  declare readonly imageCount: number;

  @Field(() => Int, { description: 'Projects of those images.' })
  declare readonly projectCount: number;

  @Field(() => Int, { description: 'How many base images there are to build anew on, this one among them.' })
  declare readonly outOf: number;
}

import { Field, ID, InputType } from 'type-graphql';
import { ImageCoverage } from '../coverage/image-coverage.type.js';

/** Which images; several conditions must all hold. */
@InputType({ description: 'Which images; several conditions must all hold.' })
export class ImageFilterInput {
  @Field(() => ID, { nullable: true, description: 'Of one connection.' })
  declare readonly connectionId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of one project.' })
  declare readonly projectId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of one version.' })
  declare readonly projectVersionId?: string | null;

  @Field(() => [ImageCoverage], { nullable: true, description: 'Of which one of these is known.' })
  declare readonly coverage?: readonly ImageCoverage[] | null;

  @Field(() => String, { nullable: true, description: 'Part of the name or tag, or the beginning of a digest.' })
  declare readonly search?: string | null;
}

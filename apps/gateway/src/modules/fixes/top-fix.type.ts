import { Field, ID, Int, ObjectType } from 'type-graphql';
import { SeverityFigures } from '../findings/severity-figures.type.js';

/** One change that mends findings: upgrading a package. */
@ObjectType({ description: 'One change that mends findings: upgrading a package.' })
export class TopFix extends SeverityFigures {
  @Field(() => ID, { description: 'The package URL without version; what `FindingFilterInput.packageKey` takes.' })
  declare readonly packageKey: string;

  @Field(() => String, { description: 'Such as `deb`, `npm` or `maven`.' })
  declare readonly ecosystem: string;

  @Field(() => String, { description: 'Name of the package.' })
  declare readonly name: string;

  @Field(() => String, { nullable: true, description: 'The smallest version that mends all of them, in the order of the ecosystem; null when versions cannot be ordered, or each release of a distribution has its own.' })
  declare readonly version?: string | undefined;

  @Field(() => Int, { description: 'Findings it mends.' })
  declare readonly findingCount: number;

  @Field(() => Int, { description: 'Known to be exploited.' })
  declare readonly exploitedCount: number;

  @Field(() => Int, { description: 'Images that hold the package.' })
  declare readonly imageCount: number;

  @Field(() => Int, { description: 'Projects of those images.' })
  declare readonly projectCount: number;

  @Field(() => Int, { description: 'How many packages there are to upgrade, this one among them.' })
  declare readonly outOf: number;
}

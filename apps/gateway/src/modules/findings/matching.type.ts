import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateTime } from '../../graphql/scalars.js';
import { SeverityCounts } from './severity.type.js';

/** What a match could judge. */
export const MatchingState = { MATCHED: 'matched', PARTIAL: 'partial', UNMATCHED: 'unmatched' } as const;
export type MatchingState = (typeof MatchingState)[keyof typeof MatchingState];
registerEnumType(MatchingState, {
  name: 'MatchingState',
  description: 'What a match could judge.',
  valuesConfig: {
    MATCHED: { description: 'Everything that was asked about; no finding means no known vulnerability.' },
    PARTIAL: { description: 'Only a part; the notices say what is missing. There may be more findings than are shown.' },
    UNMATCHED: { description: 'Nothing, because there were no advisories for it. No finding means nothing.' },
  },
});

/** Something that was not judged, and why. */
@ObjectType({ description: 'Something that was not judged, and why.' })
export class MatchingNotice {
  @Field(() => String, { description: 'Stable and machine-readable, such as `no-advisories-for-ecosystem`.' })
  declare readonly code: string;

  @Field(() => String, { description: 'In words for the user.' })
  declare readonly message: string;

  @Field(() => Int, { description: 'Components it concerns.' })
  declare readonly componentCount: number;
}

/** With which advisories a content was matched, and what came of it. */
@ObjectType({ description: 'With which advisories a content was matched, and what came of it.' })
export class Matching {
  /** Not in the schema. */
  declare readonly contentId: string;

  @Field(() => MatchingState, { description: 'What could be judged.' })
  declare readonly state: MatchingState;

  @Field(() => String, { nullable: true, description: 'Names the advisories by what they hold; null when there were none.' })
  declare readonly advisoryRevision?: string | undefined;

  @Field(() => DateTime, { nullable: true, description: 'When the newest of the advisories were imported.' })
  declare readonly advisoriesAt?: Date | undefined;

  @Field(() => DateTime, { description: 'When it was matched last.' })
  declare readonly matchedAt: Date;

  @Field(() => [MatchingNotice], { description: 'What was not judged, and why.' })
  declare readonly notices: readonly MatchingNotice[];

  @Field(() => [String], { description: 'Advisory ecosystems that this server does not hold and this image needs.' })
  declare readonly missingEcosystems: readonly string[];

  @Field(() => SeverityCounts, { description: 'Findings by severity.' })
  declare readonly counts: SeverityCounts;

  @Field(() => Int, { description: 'Findings that are known to be exploited.' })
  declare readonly exploitedCount: number;

  @Field(() => Int, { description: 'Findings with a fixed version.' })
  declare readonly fixableCount: number;

  @Field(() => Int, { description: 'Findings hidden by default, such as what a distribution calls unimportant.' })
  declare readonly hiddenCount: number;

  @Field(() => Int, { description: 'Findings left to the distribution, which judges the package they are in.' })
  declare readonly suppressedCount: number;
}

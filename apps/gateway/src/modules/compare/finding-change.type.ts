import type { FindingChangeFilter } from '@esscm/store';
import { Field, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { PageInfo } from '../../graphql/page-info.type.js';
import { Finding } from '../findings/finding.type.js';
import { Severity, SeverityCounts } from '../findings/severity.type.js';

/** What became of a vulnerability in a package. */
export const FindingChangeKind = { INTRODUCED: 'introduced', FIXED: 'fixed', UNCHANGED: 'unchanged' } as const;
export type FindingChangeKind = (typeof FindingChangeKind)[keyof typeof FindingChangeKind];

registerEnumType(FindingChangeKind, {
  name: 'FindingChangeKind',
  description: 'What became of a vulnerability in a package.',
  valuesConfig: {
    INTRODUCED: { description: 'Only the later image has it.' },
    FIXED: { description: 'Only the earlier image has it.' },
    UNCHANGED: { description: 'Both have it, also where the version of the package is another one.' },
  },
});

/** Which changes; several conditions must all hold. */
@InputType({ description: 'Which changes; several conditions must all hold.' })
export class FindingChangeFilterInput {
  @Field(() => [FindingChangeKind], { nullable: true, description: 'Of one of these kinds; all without it.' })
  declare readonly kinds?: readonly FindingChangeKind[] | null;

  @Field(() => [Severity], { nullable: true, description: 'Of one of these severities.' })
  declare readonly severities?: readonly Severity[] | null;

  @Field(() => String, { nullable: true, description: 'Part of the name of the package or of the id of the vulnerability.' })
  declare readonly search?: string | null;
}

/** A vulnerability of a package, by what became of it. */
@ObjectType({ description: 'A vulnerability of a package, by what became of it. Several copies of the package in an image count once.' })
export class FindingChange {
  @Field(() => FindingChangeKind, { description: 'What became of it.' })
  declare readonly kind: FindingChangeKind;

  @Field(() => Finding, { description: 'In the later image where it is there, else in the earlier one.' })
  declare readonly finding: Finding;

  @Field(() => String, { nullable: true, description: 'Version in the earlier image; null where it is not affected.' })
  declare readonly fromVersion?: string | undefined;

  @Field(() => String, { nullable: true, description: 'Version in the later image; null where it is not affected.' })
  declare readonly toVersion?: string | undefined;
}

/** A change in a page. */
@ObjectType({ description: 'A change in a page.' })
export class FindingChangeEdge {
  @Field(() => String, { description: 'Opaque position of this entry.' })
  declare readonly cursor: string;

  @Field(() => FindingChange, { description: 'The entry.' })
  declare readonly node: FindingChange;
}

/** A page of changes: introduced, then fixed, then unchanged; the most important first in each. */
@ObjectType({ description: 'A page of changes: introduced, then fixed, then unchanged; the most important first in each.' })
export class FindingChangeConnection {
  @Field(() => [FindingChangeEdge], { description: 'In the order of the list.' })
  declare readonly edges: readonly FindingChangeEdge[];

  @Field(() => PageInfo, { description: 'Where this page ends.' })
  declare readonly pageInfo: PageInfo;

  @Field(() => Int, { description: 'All that match, not only this page.' })
  declare readonly totalCount: number;
}

/** Changes of one kind, in numbers. */
@ObjectType({ description: 'Changes of one kind, in numbers.' })
export class FindingChangeTotals {
  @Field(() => SeverityCounts, { description: 'By severity.' })
  declare readonly counts: SeverityCounts;

  @Field(() => Int, { description: 'Known to be exploited.' })
  declare readonly exploitedCount: number;
}

/** What became of all findings. */
@ObjectType({ description: 'What became of all findings.' })
export class FindingChangeCounts {
  @Field(() => FindingChangeTotals, { description: 'Only the later image has them.' })
  declare readonly introduced: FindingChangeTotals;

  @Field(() => FindingChangeTotals, { description: 'Only the earlier image has them.' })
  declare readonly fixed: FindingChangeTotals;

  @Field(() => FindingChangeTotals, { description: 'Both have them.' })
  declare readonly unchanged: FindingChangeTotals;
}

/** The conditions a client gave, without those it left out. */
export function findingChangeFilter({ kinds, severities, search }: { readonly [Condition in keyof FindingChangeFilterInput]?: FindingChangeFilterInput[Condition] | undefined }): FindingChangeFilter {
  return { ...(kinds != null && { kinds }), ...(severities != null && { severities }), ...(search != null && search !== '' && { search }) };
}

import type { Catalogue } from '@esscm/sbom';
import type { MatchOutcome } from '@esscm/scan-engine';
import type { MatchingInput } from '@esscm/store';

/** What came of matching, as the store takes it. */
export function matchingResult(outcome: MatchOutcome, distribution: Catalogue['distribution']): MatchingInput {
  const { advisoriesAt, neededEcosystems: _, ...rest } = outcome;
  return {
    ...rest,
    ...(advisoriesAt === undefined ? {} : { advisoriesAt: new Date(advisoriesAt) }),
    ...(distribution === undefined ? {} : { distribution }),
  };
}

import type { FindingFilter, FindingGroupRecord, FindingGrouping, FindingRecord, MatchingRecord, SeverityCounts as CountsRecord } from '@esscm/store';
import { z } from 'zod';
import { failure } from '../../graphql/failures.js';
import type { FindingGroup } from './finding-group.type.js';
import type { FindingFilterInput } from './finding.input.js';
import type { Finding } from './finding.type.js';
import type { Matching } from './matching.type.js';
import type { SeverityCounts } from './severity.type.js';

const keySchema = z.tuple([z.string().max(200), z.int().min(0).max(2 ** 31 - 1), z.string().max(500)]);

/** Names a finding by its image, the place of its component and its vulnerability. */
function findingId({ imageId, position, vulnerability }: Pick<FindingRecord, 'imageId' | 'position' | 'vulnerability'>): string {
  return Buffer.from(JSON.stringify([imageId, position, vulnerability])).toString('base64url');
}

/** Undefined for a text that is no id of a finding. */
export function readFindingId(id: string): { readonly imageId: string; readonly position: number; readonly vulnerability: string } | undefined {
  if (id.length > 1000) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(id, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
  const key = keySchema.safeParse(value).data;
  return key && { imageId: key[0], position: key[1], vulnerability: key[2] };
}

/** A finding as the API shows it. */
export function findingView(record: FindingRecord): Finding {
  const { exploitedSince, exploitedDue, ransomware, vulnerability, ...rest } = record;
  return {
    ...rest,
    id: findingId(record),
    vulnerabilityId: vulnerability,
    exploited: exploitedSince === undefined ? undefined : { since: exploitedSince, due: exploitedDue, ransomware },
  };
}

/** A group as the API shows it. */
export function findingGroupView(grouping: FindingGrouping): (record: FindingGroupRecord) => FindingGroup {
  return ({ worstSeverity, highestEpss, highestScore, ...rest }) => ({
    ...rest,
    severity: worstSeverity,
    epss: highestEpss,
    score: highestScore,
    imageId: grouping === 'image' ? rest.key : undefined,
  });
}

/** A match as the API shows it. */
export function matchingView(record: MatchingRecord): Matching {
  const { revision, heldRevision: _, counts, ...rest } = record;
  return { ...rest, advisoryRevision: revision, counts: countsView(counts) };
}

/** Counts where nothing was found. */
export const noFindings: CountsRecord = { critical: 0, high: 0, medium: 0, low: 0, negligible: 0, none: 0, unknown: 0 };

/** Counts with their sum. */
export function countsView(counts: CountsRecord): SeverityCounts {
  return { ...counts, total: Object.values(counts).reduce((sum, count) => sum + count, 0) };
}

/** Conditions as a client gives them, in GraphQL or in an address; what it leaves out may be there as undefined. */
export type GivenFindingFilter = { readonly [Condition in keyof FindingFilterInput]?: FindingFilterInput[Condition] | undefined };

/** Vulnerabilities, packages or images that one filter may name. */
export const mostNamed = 100;

/**
 * The conditions a client gave, without those it left out; what was decided counts as of `now`.
 * @throws GraphQLError BAD_USER_INPUT for more than {@link mostNamed} of one kind
 */
export function findingFilter(input: GivenFindingFilter | null | undefined, now: Date): FindingFilter {
  if (input == null) return {};
  const { vulnerabilityId, vulnerabilityIds, search, states, baseLayer, ...rest } = input;
  if ([vulnerabilityIds, input.packageKeys, input.imageIds].some((named) => (named?.length ?? 0) > mostNamed)) {
    throw failure('BAD_USER_INPUT', `A filter names at most ${mostNamed} vulnerabilities, packages or images.`);
  }
  const given = Object.entries(rest).filter(([, value]) => value != null);
  return {
    ...(Object.fromEntries(given) as FindingFilter),
    ...(vulnerabilityId != null && { vulnerability: vulnerabilityId }),
    ...(vulnerabilityIds != null && { vulnerabilities: vulnerabilityIds }),
    ...(search != null && search !== '' && { search }),
    ...(baseLayer != null && { baseDiffId: baseLayer }),
    ...(states != null && { triage: { states, at: now } }),
  };
}

import type { DecisionFactsFragment, FindingHistoryQuery } from '../gql/graphql.js';
import { endWords, stateWords } from './triage-words.js';

type Event = FindingHistoryQuery['findingEvents']['edges'][number]['node'];

/** Something that happened to a finding. */
export interface HistoryEntry {
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
  readonly what: string;
  /** Why, in the words of whoever did it or of the product. */
  readonly why: string;
  /** Unset for what nobody did. */
  readonly who?: string;
}

/** What happened to a finding and what was decided about it as one list, newest first. The first match of an image is no event: it is told by `firstSeenAt`. */
export function findingHistory(firstSeenAt: string, events: readonly Event[], decisions: readonly DecisionFactsFragment[]): readonly HistoryEntry[] {
  const entries = [...events.map(ofEvent), ...decisions.flatMap(ofDecision)];
  if (!events.some(({ kind }) => kind === 'NEW')) entries.push({ id: 'first-seen', at: firstSeenAt, what: 'First seen', why: 'Found when the image was matched' });
  return entries.toSorted((left, right) => Date.parse(right.at) - Date.parse(left.at));
}

const kinds: Readonly<Record<Event['kind'], string>> = { NEW: 'New', CHANGED: 'Changed', RESOLVED: 'Resolved' };
const causes: Readonly<Record<Event['cause'], string>> = { ADVISORIES: 'The advisories changed', SCAN: 'The image holds something else', VEX: 'VEX documents were applied' };
const valueNames: Readonly<Record<string, string>> = { severity: 'severity', fixVersion: 'fixed version', fixState: 'fix' };

function ofEvent({ id, at, kind, cause, changes }: Event): HistoryEntry {
  const reason = changes.find(({ name }) => name === 'reason')?.after;
  const changed = changes.filter(({ name }) => name !== 'reason').map(({ name, before, after }) => (name === 'vex' ? ofDocument(before, after) : `${valueNames[name] ?? name} from ${before ?? 'none'} to ${after ?? 'none'}`));
  if (cause === 'VEX') return { id, at, what: changed.join(', '), why: causes[cause] };
  return { id, at, what: [kinds[kind], ...changed].join(', '), why: reason == null ? causes[cause] : `${causes[cause]}: ${reason}` };
}

/** What a document says now, or what it said. */
function ofDocument(before: string | null | undefined, after: string | null | undefined): string {
  return after == null ? `No longer ${before ?? 'stated by a document'}` : `${after.charAt(0).toUpperCase()}${after.slice(1)}`;
}

/** Its beginning and, when it holds no longer, its end. One that was replaced ends in the beginning of the next. */
function ofDecision({ id, state, reason, author, createdAt, endedAt, end }: DecisionFactsFragment): HistoryEntry[] {
  const made: HistoryEntry = { id, at: createdAt, what: stateWords[state], why: reason, who: author };
  return endedAt == null || end == null || end === 'SUPERSEDED' ? [made] : [made, { id: `${id} end`, at: endedAt, what: endWords[end], why: `Before: ${stateWords[state]}` }];
}

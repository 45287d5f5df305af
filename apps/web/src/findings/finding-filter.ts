import type { FindingFilterInput, FindingSort, FindingState, Severity } from '../gql/graphql.js';

/** The properties findings are filtered by, as they are named in the address. */
export const filterNames = ['severity', 'state', 'exploited', 'fix', 'epss', 'package', 'vulnerability', 'type', 'project', 'connection', 'document', 'image', 'base', 'since', 'before', 'hidden', 'q'] as const;
export type FilterName = (typeof filterNames)[number];

/** What the address says; several conditions must all hold. Values are kept as they are written there. */
export type FindingFilter = Readonly<Partial<Record<FilterName, string>>>;

const severities: Readonly<Record<string, Severity>> = { critical: 'CRITICAL', high: 'HIGH', medium: 'MEDIUM', low: 'LOW', negligible: 'NEGLIGIBLE', none: 'NONE', unknown: 'UNKNOWN' };
/** States as the address names them; the first three are what `open` stands for. */
const states: Readonly<Record<string, FindingState>> = {
  untriaged: 'UNTRIAGED',
  under_investigation: 'UNDER_INVESTIGATION',
  affected: 'AFFECTED',
  not_affected: 'NOT_AFFECTED',
  false_positive: 'FALSE_POSITIVE',
  fixed: 'FIXED',
  accepted_risk: 'ACCEPTED_RISK',
};
const openStates = Object.values(states).slice(0, 3);
/** Orders as addresses of tables name them. */
const orderNames: Readonly<Record<FindingSort, string>> = { IMPORTANCE: 'importance', EPSS: 'epss', VULNERABILITY: 'vulnerability', PACKAGE: 'package', FIRST_SEEN: 'firstSeen' };
const dayMs = 86_400_000;

/** Reads the filter of an address; what it does not know, it leaves out. */
export function readFilter(query: URLSearchParams): FindingFilter {
  return Object.fromEntries(filterNames.flatMap((name) => (query.get(name) ? [[name, query.get(name) ?? '']] : [])));
}

/** The filter as the API takes it. */
export function filterInput(filter: FindingFilter, now: Date = new Date()): FindingFilterInput {
  const chosen = filter.severity?.split(',').flatMap((name) => severities[name] ?? []);
  const decided = [...new Set(filter.state?.split(',').flatMap((name) => (name === 'open' ? openStates : (states[name] ?? []))))];
  const epss = Number(filter.epss);
  const days = Number(filter.since);
  const before = Number(filter.before);
  return {
    ...(chosen !== undefined && chosen.length > 0 && { severities: chosen }),
    ...(decided.length > 0 && { states: decided }),
    ...(filter.exploited === 'yes' && { exploited: true }),
    ...(filter.exploited === 'no' && { exploited: false }),
    ...(filter.fix === 'available' && { fixAvailable: true }),
    ...(filter.fix === 'none' && { fixAvailable: false }),
    ...(filter.epss !== undefined && epss >= 0 && epss <= 100 && { minimumEpss: epss / 100 }),
    ...(filter.package !== undefined && { packageKey: filter.package }),
    ...(filter.vulnerability !== undefined && { vulnerabilityId: filter.vulnerability }),
    ...(filter.type !== undefined && { ecosystem: filter.type }),
    ...(filter.project !== undefined && { projectId: filter.project }),
    ...(filter.connection !== undefined && { connectionId: filter.connection }),
    ...(filter.document !== undefined && { vexDocumentId: filter.document }),
    ...(filter.image !== undefined && { imageId: filter.image }),
    ...(filter.since !== undefined && days > 0 && { firstSeenSince: startOfDay(now, days).toISOString() }),
    ...(filter.before !== undefined && before > 0 && { firstSeenBefore: startOfDay(now, before).toISOString() }),
    ...(filter.base !== undefined && { baseLayer: filter.base }),
    ...(filter.hidden === 'shown' && { includeHidden: true }),
    ...(filter.q !== undefined && { search: filter.q }),
  };
}

/** The address of the table that holds exactly the filtered findings, in the order asked for or worst first. */
export function csvAddress(filter: FindingFilter, order: { readonly sort: FindingSort; readonly reversed: boolean } = { sort: 'IMPORTANCE', reversed: false }, now: Date = new Date()): string {
  const { severities: chosen, states: decided, ...rest } = filterInput(filter, now);
  const query = new URLSearchParams(Object.entries(rest).map(([name, value]) => [name, String(value)]));
  if (chosen != null) query.set('severities', [chosen].flat().join(',').toLowerCase());
  if (decided != null) query.set('states', [decided].flat().join(',').toLowerCase());
  if (order.sort !== 'IMPORTANCE') query.set('sort', orderNames[order.sort]);
  if (order.reversed) query.set('reversed', 'true');
  const text = query.toString();
  return text === '' ? '/api/findings.csv' : `/api/findings.csv?${text}`;
}

/** So many days back, at midnight in UTC: the same all day, so that a page is asked for once. */
function startOfDay(now: Date, days: number): Date {
  return new Date(Math.floor(now.getTime() / dayMs) * dayMs - days * dayMs);
}

import type { FindingChangeFilterInput, FindingChangeKind, Severity } from '../../gql/graphql.js';

/** What of the findings of two images is listed, as the address has it; an empty value is the usual one. */
export interface ChangeFilter {
  /** One kind, or `all`; without it what is introduced and what is fixed. */
  readonly changes: string;
  readonly severity: string;
  readonly q: string;
}

const kinds: Readonly<Record<string, readonly FindingChangeKind[]>> = {
  '': ['INTRODUCED', 'FIXED'],
  introduced: ['INTRODUCED'],
  fixed: ['FIXED'],
  unchanged: ['UNCHANGED'],
  all: ['INTRODUCED', 'FIXED', 'UNCHANGED'],
};
const severities: Readonly<Record<string, Severity>> = { critical: 'CRITICAL', high: 'HIGH', medium: 'MEDIUM', low: 'LOW', negligible: 'NEGLIGIBLE', none: 'NONE', unknown: 'UNKNOWN' };

/** Reads the filter of an address; what it does not know, it takes for the usual. */
export function readChangeFilter(query: URLSearchParams): ChangeFilter {
  const changes = query.get('changes') ?? '';
  const severity = query.get('severity') ?? '';
  return { changes: kinds[changes] === undefined ? '' : changes, severity: severities[severity] === undefined ? '' : severity, q: query.get('q') ?? '' };
}

/** The filter as the API takes it. */
export function changeFilterInput({ changes, severity, q }: ChangeFilter): FindingChangeFilterInput {
  const chosen = severities[severity];
  return { kinds: [...(kinds[changes] ?? [])], ...(chosen !== undefined && { severities: [chosen] }), ...(q !== '' && { search: q }) };
}

/** The address of the table that holds exactly the filtered changes. */
export function comparisonCsvAddress(from: string, to: string, { changes, severity, q }: ChangeFilter): string {
  const query = new URLSearchParams({ from, to, kinds: (kinds[changes] ?? []).join(',').toLowerCase() });
  if (severity !== '') query.set('severities', severity);
  if (q !== '') query.set('search', q);
  return `/api/comparison.csv?${query.toString()}`;
}

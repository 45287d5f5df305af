import { coverageWords } from '../../charts/coverage-words.js';
import type { ImageCoverage, ScanState } from '../../gql/graphql.js';
import { isActive } from '../../scans/scan-words.js';
import type { StatusKind } from '../../ui/Status.js';

/** What a list says of an image's result, and what its newest scan adds to that. */
export interface ImageResultWords {
  readonly kind: StatusKind;
  readonly text: string;
  readonly newestScan?: string;
}

interface Facts {
  readonly coverage: ImageCoverage;
  readonly latestScan?: { readonly state: ScanState } | null;
}

const kinds: Readonly<Record<ImageCoverage, StatusKind>> = {
  CURRENT: 'done',
  STALE: 'waiting',
  PARTIAL: 'partial',
  PARTLY_JUDGED: 'partial',
  NOT_JUDGED: 'note',
  FAILED: 'failed',
  NOT_SCANNED: 'note',
};

/** The words that the filter by result has. A result stays what it is while the next scan runs or after it failed. */
export function imageResultWords({ coverage, latestScan }: Facts): ImageResultWords {
  const state = latestScan?.state;
  const active = state !== undefined && isActive(state);
  if (coverage === 'NOT_SCANNED' && active) return { kind: 'running', text: 'Scanning' };
  if (coverage === 'NOT_SCANNED' && state === 'CANCELLED') return { kind: 'stopped', text: 'Scan cancelled' };
  const result = { kind: kinds[coverage], text: coverageWords[coverage].text };
  if (active) return { ...result, newestScan: 'scanning again' };
  return state === 'FAILED' && coverage !== 'FAILED' ? { ...result, newestScan: 'last scan failed' } : result;
}

import type { ScanState } from '../../gql/graphql.js';
import type { StatusKind } from '../../ui/Status.js';

/** What there is to say about an image's result, told apart by word, icon and meaning. */
export type ImageState = 'not-scanned' | 'scanning' | 'failed-first' | 'failed' | 'partial' | 'current' | 'rescanning' | 'cancelled';

interface Facts {
  readonly content?: { readonly partial: boolean } | null;
  readonly latestScan?: { readonly state: ScanState } | null;
}

/** The state of an image. A result stays while the next scan runs or after it failed; without one nothing is claimed. */
export function imageState({ content, latestScan }: Facts): ImageState {
  const state = latestScan?.state;
  const active = state === 'QUEUED' || state === 'RUNNING';
  if (content == null) {
    if (active) return 'scanning';
    if (state === 'FAILED') return 'failed-first';
    return state === 'CANCELLED' ? 'cancelled' : 'not-scanned';
  }
  if (active) return 'rescanning';
  if (state === 'FAILED') return 'failed';
  return content.partial ? 'partial' : 'current';
}

const words: Readonly<Record<ImageState, { readonly kind: StatusKind; readonly text: string }>> = {
  'not-scanned': { kind: 'note', text: 'Not scanned' },
  scanning: { kind: 'running', text: 'Scanning' },
  'failed-first': { kind: 'failed', text: 'Scan failed' },
  failed: { kind: 'failed', text: 'Last scan failed' },
  partial: { kind: 'partial', text: 'Partial' },
  current: { kind: 'done', text: 'Current' },
  rescanning: { kind: 'running', text: 'Scanning again' },
  cancelled: { kind: 'stopped', text: 'Scan cancelled' },
};

/** The state in a list. */
export function imageStateWords(state: ImageState): { readonly kind: StatusKind; readonly text: string } {
  return words[state];
}

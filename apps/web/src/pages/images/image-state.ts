import type { ScanState } from '../../gql/graphql.js';

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

import type { SeverityLevel, SeverityNumbers } from '../ui/Severity.js';
import { severityNumbers } from './severity.js';

interface Matching {
  readonly state: 'MATCHED' | 'PARTIAL' | 'UNMATCHED';
  readonly counts: Readonly<Record<SeverityLevel, number>>;
  readonly notices: readonly { readonly code: string }[];
}

interface Content {
  readonly partial: boolean;
  readonly matching?: Matching | null;
}

/** What a list may say about an image's findings. Numbers only where something was judged; `atLeast` where a part was not, or where the distribution tells only of what it has fixed. */
export type ResultCounts = { readonly kind: 'none'; readonly text: string } | { readonly kind: 'counts'; readonly counts: SeverityNumbers; readonly atLeast: boolean };

/** Not scanned, not matched and "no advisories for it" each have their own words: none of them is zero findings. */
export function resultCounts(content: Content | null | undefined): ResultCounts {
  if (content == null) return { kind: 'none', text: 'No result' };
  const { matching } = content;
  if (matching == null) return { kind: 'none', text: 'Not matched' };
  if (matching.state === 'UNMATCHED') return { kind: 'none', text: 'No advisories' };
  const isOpenEnded = content.partial || matching.state === 'PARTIAL' || matching.notices.some(({ code }) => code === 'fixes-only');
  return { kind: 'counts', counts: severityNumbers(matching.counts), atLeast: isOpenEnded };
}

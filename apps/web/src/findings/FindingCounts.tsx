import { AppLink } from '../ui/AppLink.js';
import { SeverityCells } from '../ui/Severity.js';
import { resultCounts } from './result-counts.js';

/** Findings of an image in a row of a table; leads to them. Words where there is no result. */
export function FindingCounts({ content, to }: { readonly content: Parameters<typeof resultCounts>[0]; readonly to?: string }) {
  const said = resultCounts(content);
  if (said.kind === 'none') return <span className="esscm-tertiary">{said.text}</span>;
  const cells = <SeverityCells counts={said.counts} atLeast={said.atLeast} />;
  return to === undefined ? cells : <AppLink to={to}>{cells}</AppLink>;
}

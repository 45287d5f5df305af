import { fixText } from './fix-text.js';

/** The version to upgrade to, or why there is none. */
export function FixCell(fix: Parameters<typeof fixText>[0]) {
  const text = fixText(fix);
  return 'version' in text ? <span className="esscm-mono">{text.version}</span> : <span className="esscm-secondary">{text.reason}</span>;
}

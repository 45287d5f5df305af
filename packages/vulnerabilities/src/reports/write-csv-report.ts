import type { Report, ReportComponent, ReportedFinding } from './report.js';
import { reportedFindings } from './report.js';

const columns: readonly (readonly [title: string, value: (row: ReportedFinding, component: ReportComponent | undefined, report: Report) => string | number | undefined])[] = [
  ['image', (_row, _component, { image }) => image.name],
  ['tag', (_row, _component, { image }) => image.tag],
  ['digest', (_row, _component, { image }) => image.digest],
  ['vulnerability', ({ finding }) => finding.id],
  ['identifiers', ({ finding }) => finding.identifiers.join(' ')],
  ['severity', ({ finding }) => finding.severity.level],
  ['score', ({ finding }) => finding.severity.score],
  ['vector', ({ finding }) => finding.severity.vector],
  ['severity source', ({ finding }) => finding.severity.source],
  ['package', ({ finding }) => finding.component.name],
  ['installed', ({ finding }) => finding.component.version],
  ['type', ({ finding }) => finding.component.ecosystem],
  ['package URL', ({ finding }) => finding.component.packageUrl],
  ['paths', (_row, component) => component?.locations.map((location) => location.path).join(' ')],
  ['layer', (_row, component) => component?.locations[0]?.layerIndex],
  ['fix state', ({ finding }) => finding.fix.state],
  ['fixed in', ({ finding }) => finding.fix.version],
  ['also fixed in', ({ finding }) => finding.fix.alsoFixedIn.join(' ')],
  ['EPSS', ({ finding }) => finding.enrichment?.epss?.probability],
  ['EPSS percentile', ({ finding }) => finding.enrichment?.epss?.percentile],
  ['exploited since', ({ finding }) => finding.enrichment?.exploited?.added],
  ['exploited due', ({ finding }) => finding.enrichment?.exploited?.due],
  ['ransomware', ({ finding }) => (finding.enrichment?.exploited === undefined ? undefined : finding.enrichment.exploited.ransomware ? 'yes' : 'no')],
  ['class', ({ finding }) => finding.class],
  ['confidence', ({ finding }) => finding.confidence],
  ['state', ({ state }) => state],
  ['reason', ({ reason }) => reason],
  ['VEX status', ({ finding }) => finding.vex?.status],
  ['published', ({ finding }) => finding.published],
  ['records', ({ finding }) => finding.evidence.map((evidence) => evidence.recordId).join(' ')],
  ['summary', ({ finding }) => finding.summary],
];

/**
 * Every finding as comma-separated values (RFC 4180), hidden and suppressed ones with their state. A cell that a
 * spreadsheet would take for a formula has an apostrophe in front: names of packages are not to be trusted.
 */
export function writeCsvReport(report: Report): string {
  const components = new Map(report.components.map((component) => [component.id, component]));
  const rows = reportedFindings(report.result).map((row) => columns.map(([, value]) => cell(value(row, components.get(row.finding.componentId), report))));
  return [columns.map(([title]) => title), ...rows].map((cells) => `${cells.join(',')}\r\n`).join('');
}

function cell(value: string | number | undefined): string {
  if (typeof value === 'number') return String(value);
  const text = (value ?? '').replaceAll(/[\r\n]+/g, ' ');
  const safe = /^[=+\-@\t]/.test(text) ? `'${text}` : text;
  return /[",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

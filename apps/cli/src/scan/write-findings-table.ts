import type { Finding, MatchResult } from '@esscm/vulnerabilities';
import { severityLevels, unjudgedOf } from '@esscm/vulnerabilities';
import { alignColumns } from '../align-columns.js';

const columns = ['SEVERITY', 'ID', 'PACKAGE', 'INSTALLED', 'FIX', 'CONFIDENCE'] as const;

const judges = [['distribution', 'Taken out by what the distribution says'], ['vex', 'Taken out by VEX documents'], ['exception', 'Taken out by exceptions']] as const;

/** Findings for people: one line each, most severe first, hidden ones counted; then what was not judged. */
export function writeFindingsTable(result: MatchResult): string {
  const shown = result.findings.filter((finding) => !finding.hidden);
  const rows = shown.map((finding) => [finding.severity.level, finding.id + marks(finding), finding.component.name, finding.component.version, fix(finding), finding.confidence]);
  const counts = severityLevels.filter((level) => result.counts[level] > 0).map((level) => `${result.counts[level]} ${level}`);
  const hidden = Map.groupBy(result.findings.filter((finding) => finding.hidden), (finding) => finding.class);
  const unjudged = unjudgedOf(result);
  return [
    ...(rows.length === 0 ? [] : [...alignColumns(columns, rows), '']),
    `${shown.length} ${shown.length === 1 ? 'finding' : 'findings'}${counts.length === 0 ? '' : `: ${counts.join(', ')}`}`,
    ...(hidden.size === 0 ? [] : [`Hidden: ${[...hidden].map(([kind, findings]) => `${findings.length} ${kind}`).join(', ')}`]),
    ...judges.flatMap(([by, title]) => {
      const judged = result.suppressed.filter((entry) => entry.by === by).length;
      return judged === 0 ? [] : [`${title}: ${judged}`];
    }),
    ...result.notices.map((notice) => `${notice.message} (${notice.componentIds.length} ${notice.componentIds.length === 1 ? 'package' : 'packages'})`),
    ...(unjudged === undefined ? [] : [`Not judged: ${unjudged.componentCount} ${unjudged.componentCount === 1 ? 'package' : 'packages'}. No finding does not mean that there is none.`]),
    '',
  ].join('\n');
}

function marks(finding: Finding): string {
  return `${finding.class === 'malware' ? ' (malware)' : ''}${finding.enrichment?.exploited === undefined ? '' : ' (exploited)'}`;
}

const unfixed = { unfixed: 'none known', 'will-not-fix': 'will not be fixed', deferred: 'deferred', 'end-of-life': 'end of life' } as const;

function fix(finding: Finding): string {
  const { state } = finding.fix;
  if (state !== 'fixed' && state !== 'subscription') return unfixed[state];
  return `${finding.fix.version ?? ''}${finding.fix.state === 'subscription' ? ' (subscription)' : ''}`;
}

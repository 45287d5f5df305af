import { createHash } from 'node:crypto';
import type { Finding } from '../matchers/finding.js';
import type { SeverityLevel } from '../matchers/severity.js';
import type { Report, ReportComponent, ReportedFinding } from './report.js';
import { reportedFindings } from './report.js';
import { unjudgedOf } from './unjudged.js';
import { vulnerabilityAddress } from './vulnerability-address.js';

const levels: Readonly<Record<SeverityLevel, 'error' | 'warning' | 'note'>> = { critical: 'error', high: 'error', medium: 'warning', low: 'note', negligible: 'note', none: 'note', unknown: 'warning' };

/** What code-scanning services sort by where a finding has no score: the middle of its band. */
const assumedScores: Readonly<Record<SeverityLevel, number>> = { critical: 9.5, high: 8, medium: 5.5, low: 2, negligible: 0.5, none: 0, unknown: 5.5 };

/**
 * Findings as SARIF 2.1.0: a rule for each vulnerability, a result for each vulnerability in a component, suppressed ones
 * with their justification. Hidden findings are left out.
 * Notices are notifications of the run. `security-severity` is what code-scanning services read.
 */
export function writeSarifReport(report: Report): string {
  const { tool, image } = report;
  const reported = reportedFindings(report.result).filter((row) => row.state !== 'hidden');
  const components = new Map(report.components.map((component) => [component.id, component]));
  const byRule = Map.groupBy(reported, (row) => row.finding.id);
  const ruleIds = [...byRule.keys()];
  const document = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: tool.name, version: tool.version, ...(tool.address === undefined ? {} : { informationUri: tool.address }), rules: [...byRule].map(([id, rows]) => rule(id, rows.map((row) => row.finding))) } },
        automationDetails: { id: `${tool.name.toLowerCase()}/${image.name}/` },
        columnKind: 'utf16CodeUnits',
        invocations: [{ executionSuccessful: true, toolExecutionNotifications: notifications(report) }],
        results: reported.map((row) => result(row, ruleIds.indexOf(row.finding.id), components.get(row.finding.componentId), report)),
        properties: { image: image.name, ...(image.tag === undefined ? {} : { tag: image.tag }), digest: image.digest },
      },
    ],
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

/** What the reader must know of the match as a whole; a warning where packages could not be judged. */
function notifications({ result: { notices } }: Report): object[] {
  return notices.map((notice) => ({
    descriptor: { id: notice.code },
    level: unjudgedOf({ notices: [notice] }) === undefined ? 'note' : 'warning',
    message: { text: notice.message },
    properties: { componentCount: notice.componentIds.length },
  }));
}

function rule(id: string, findings: readonly Finding[]): object {
  const [worst] = findings.toSorted((one, other) => scoreOf(other) - scoreOf(one));
  const summary = findings.find((finding) => finding.summary !== '')?.summary ?? id;
  const address = vulnerabilityAddress(id);
  return {
    id,
    name: worst?.class === 'malware' ? 'MaliciousPackage' : 'VulnerablePackage',
    shortDescription: { text: summary },
    ...(address === undefined ? {} : { helpUri: address }),
    help: { text: address === undefined ? summary : `${summary}\n${address}` },
    properties: { 'security-severity': (worst === undefined ? 0 : scoreOf(worst)).toFixed(1), tags: ['security', worst?.class ?? 'vulnerability'], identifiers: [...new Set(findings.flatMap((finding) => finding.identifiers))].toSorted() },
  };
}

function result({ finding, suppressed }: ReportedFinding, ruleIndex: number, component: ReportComponent | undefined, { image }: Report): object {
  const { name, version, packageUrl } = finding.component;
  const paths = component?.locations.map((location) => location.path) ?? finding.component.paths;
  const logical = [{ name, fullyQualifiedName: packageUrl, kind: 'package' }];
  return {
    ruleId: finding.id,
    ruleIndex,
    level: finding.class === 'malware' ? 'error' : levels[finding.severity.level],
    message: { text: `${name} ${version} in ${image.name}${image.tag === undefined ? '' : `:${image.tag}`}: ${finding.id}, ${finding.severity.level}. ${remedy(finding)}` },
    locations: (paths.length === 0 ? [packageUrl] : paths).map((path) => ({
      // Whoever shows results wants a line of a file; a package has none, so it is the first.
      physicalLocation: { artifactLocation: { uri: relativeUri(path) }, region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 } },
      logicalLocations: logical,
    })),
    partialFingerprints: { 'esscm/v1': fingerprint(finding, paths[0] ?? '') },
    ...(suppressed === undefined ? {} : { suppressions: [{ kind: 'external', status: 'accepted', justification: suppressed.reason }] }),
    properties: {
      severity: finding.severity.level,
      confidence: finding.confidence,
      fixState: finding.fix.state,
      ...(finding.fix.version === undefined ? {} : { fixedIn: finding.fix.version }),
      ...(finding.enrichment?.epss === undefined ? {} : { epss: finding.enrichment.epss.probability }),
      ...(finding.enrichment?.exploited === undefined ? {} : { exploitedSince: finding.enrichment.exploited.added }),
      evidence: finding.evidence.map((evidence) => `${evidence.recordId}: ${evidence.reason}`),
    },
  };
}

function remedy({ class: kind, fix }: Finding): string {
  if (kind === 'malware') return 'The package is malicious: remove it, and take what it could reach for stolen.';
  return fix.version === undefined ? 'No fix is known.' : `Fixed in ${fix.version}.`;
}

function scoreOf({ class: kind, severity }: Finding): number {
  return kind === 'malware' ? 10 : (severity.score ?? assumedScores[severity.level]);
}

/** The same vulnerability in the same package at the same place, whatever its version: closed when it is fixed, not moved. */
function fingerprint(finding: Finding, path: string): string {
  const { ecosystem, name } = finding.component;
  return createHash('sha256').update([finding.id, ecosystem, name, path].join('\n')).digest('hex');
}

/** Paths of an image are absolute; a SARIF reader resolves relative ones. */
function relativeUri(path: string): string {
  return path.replace(/^\/+/, '').split('/').map(encodeURIComponent).join('/');
}

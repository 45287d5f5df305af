import { createHash } from 'node:crypto';
import type { Finding } from '../matchers/finding.js';
import type { Rating, SeverityLevel } from '../matchers/severity.js';
import { cycloneDxAnalysis } from '../vex/cyclonedx/cyclonedx-analysis.js';
import type { CycloneDxAnalysis } from '../vex/cyclonedx/cyclonedx-analysis.js';
import { dataTime, reportedFindings } from './report.js';
import type { Report, ReportComponent, ReportedFinding } from './report.js';
import { vulnerabilityAddress } from './vulnerability-address.js';

const severities: Readonly<Record<SeverityLevel, string>> = { critical: 'critical', high: 'high', medium: 'medium', low: 'low', negligible: 'info', none: 'none', unknown: 'unknown' };

/**
 * Findings as a CycloneDX 1.6 vulnerability disclosure report: the components that have one, under the references the SBOM
 * gives them, and each vulnerability with its ratings, its advisories and, where someone judged it, the analysis. Hidden
 * findings are left out.
 */
export function writeCycloneDxVdr(report: Report): string {
  const { tool, image } = report;
  const reported = reportedFindings(report.result).filter((row) => row.state !== 'hidden');
  const affected = new Set(reported.map((row) => row.finding.componentId));
  const time = dataTime(report.sources);
  const content = {
    version: 1,
    metadata: {
      ...(time === undefined ? {} : { timestamp: time }),
      tools: { components: [{ type: 'application', name: tool.name, version: tool.version }] },
      component: imageComponent(image),
    },
    components: report.components.filter((component) => affected.has(component.id)).map(libraryComponent),
    vulnerabilities: vulnerabilities(reported),
  };
  const document = { $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json', bomFormat: 'CycloneDX', specVersion: '1.6', serialNumber: serialNumber(JSON.stringify(content)), ...content };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function imageComponent({ name, tag, digest }: Report['image']): object {
  const sha256 = /^sha256:([0-9a-f]{64})$/.exec(digest)?.[1];
  return { type: 'container', 'bom-ref': `${name}@${digest}`, name, version: tag ?? digest, ...(sha256 === undefined ? {} : { hashes: [{ alg: 'SHA-256', content: sha256 }] }) };
}

function libraryComponent({ id, name, version, packageUrl }: ReportComponent): object {
  return { type: 'library', 'bom-ref': id, name, version, purl: packageUrl };
}

/** One entry for each vulnerability and verdict; components that share both share the entry. */
function vulnerabilities(reported: readonly ReportedFinding[]): object[] {
  const groups = Map.groupBy(reported, (row) => JSON.stringify([row.finding.id, row.state, row.reason, row.finding.vex?.status, row.finding.vex?.justification, row.finding.severity, row.finding.fix]));
  return [...groups.values()].flatMap((rows) => {
    const [first] = rows;
    return first === undefined ? [] : [vulnerability(first, rows)];
  });
}

function vulnerability(row: ReportedFinding, rows: readonly ReportedFinding[]): object {
  const { finding } = row;
  const findings = rows.map((each) => each.finding);
  const { analysis, versionStatus } = judgement(row);
  const records = [...new Set(findings.flatMap((each) => each.evidence.map((evidence) => evidence.recordId)))].toSorted();
  const identifiers = [...new Set(findings.flatMap((each) => each.identifiers))].filter((id) => id !== finding.id).toSorted();
  return {
    id: finding.id,
    ...(source(finding.id) === undefined ? {} : { source: source(finding.id) }),
    ...(identifiers.length === 0 ? {} : { references: identifiers.map((id) => ({ id, source: source(id) ?? { name: id } })) }),
    ratings: finding.ratings.length === 0 ? [{ severity: severities[finding.severity.level] }] : finding.ratings.map(rating),
    ...(finding.summary === '' ? {} : { description: finding.summary }),
    recommendation: recommendation(finding),
    advisories: records.flatMap((id) => (vulnerabilityAddress(id) === undefined ? [] : [{ title: id, url: vulnerabilityAddress(id) }])),
    ...(finding.published === undefined ? {} : { published: finding.published }),
    ...(analysis === undefined ? {} : { analysis }),
    affects: findings.map((each) => ({ ref: each.componentId, versions: [{ version: each.component.version, status: versionStatus }] })),
    properties: [
      { name: 'esscm:class', value: finding.class },
      { name: 'esscm:confidence', value: finding.confidence },
      { name: 'esscm:fix:state', value: finding.fix.state },
      ...(finding.enrichment?.epss === undefined ? [] : [{ name: 'esscm:epss:probability', value: String(finding.enrichment.epss.probability) }, { name: 'esscm:epss:percentile', value: String(finding.enrichment.epss.percentile) }]),
      ...(finding.enrichment?.exploited === undefined ? [] : [{ name: 'esscm:kev:added', value: finding.enrichment.exploited.added }, { name: 'esscm:kev:due', value: finding.enrichment.exploited.due }]),
      ...findings.flatMap((each) => each.evidence.map((evidence) => ({ name: `esscm:evidence:${each.componentId}`, value: `${evidence.recordId}: ${evidence.reason}` }))),
    ],
  };
}

/** What someone decided, in the terms of CycloneDX. What was left to the distribution is explained and not judged. */
function judgement({ finding, suppressed }: ReportedFinding): { analysis: CycloneDxAnalysis | undefined; versionStatus: 'affected' | 'unaffected' | 'unknown' } {
  if (suppressed?.exception !== undefined) {
    const { justification } = suppressed.exception;
    if (justification === undefined) return { analysis: { state: 'exploitable', response: ['will_not_fix'], detail: suppressed.reason }, versionStatus: 'affected' };
    return { analysis: cycloneDxAnalysis({ status: 'not_affected', justification, impact: suppressed.reason }), versionStatus: 'unaffected' };
  }
  if (suppressed?.by === 'distribution') return { analysis: { detail: suppressed.reason }, versionStatus: 'unknown' };
  if (finding.vex === undefined) return { analysis: undefined, versionStatus: 'affected' };
  const isClear = finding.vex.status === 'not_affected' || finding.vex.status === 'fixed';
  return { analysis: cycloneDxAnalysis({ ...finding.vex, notes: `As ${finding.vex.author} states.` }), versionStatus: isClear ? 'unaffected' : 'affected' };
}

function source(id: string): { name: string; url: string } | undefined {
  const address = vulnerabilityAddress(id);
  return address === undefined ? undefined : { name: id.startsWith('CVE-') ? 'NVD' : id.startsWith('GHSA-') ? 'GitHub' : 'OSV', url: address };
}

function rating({ level, source: name, score, vector }: Rating): object {
  return { source: { name }, ...(score === undefined ? {} : { score }), severity: severities[level], method: method(vector), ...(vector === undefined ? {} : { vector }) };
}

function method(vector: string | undefined): string {
  if (vector === undefined) return 'other';
  if (vector.startsWith('CVSS:4')) return 'CVSSv4';
  if (vector.startsWith('CVSS:3.1')) return 'CVSSv31';
  return vector.startsWith('CVSS:3') ? 'CVSSv3' : 'CVSSv2';
}

function recommendation({ class: kind, fix }: Finding): string {
  if (kind === 'malware') return 'Remove the package; it is malicious.';
  if (fix.version === undefined) return 'No fix is known.';
  return `Update to ${[fix.version, ...fix.alsoFixedIn].join(' or ')}.`;
}

/** A UUID of version 8 from the content: the same report has the same number. */
function serialNumber(content: string): string {
  const hash = createHash('sha256').update(content).digest('hex');
  return `urn:uuid:${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

import { describe, expect, test } from 'vitest';
import { exampleReport } from '../testing/example-report.js';
import { hasOfficialSchemas, schemaViolations } from '../testing/official-schemas.js';
import { DependencyPaths } from './dependency-paths.js';
import { writeCsvReport } from './write-csv-report.js';
import { writeCycloneDxVdr } from './write-cyclonedx-vdr.js';
import { writeJsonReport } from './write-json-report.js';
import { writeSarifReport } from './write-sarif-report.js';

const report = await exampleReport();

describe.runIf(hasOfficialSchemas)('the official schema finds nothing wrong in', () => {
  test('SARIF 2.1.0', () => expect(schemaViolations('sarif', JSON.parse(writeSarifReport(report)))).toEqual([]));
  test('the CycloneDX 1.6 report', () => expect(schemaViolations('cyclonedx', JSON.parse(writeCycloneDxVdr(report)))).toEqual([]));
  test('and it would find something', () => {
    expect(schemaViolations('sarif', { version: '2.1.0', runs: [{ results: [] }] })).toEqual(["/runs/0 must have required property 'tool'"]);
    expect(schemaViolations('cyclonedx', { bomFormat: 'CycloneDX', specVersion: '1.6', vulnerabilities: [{ analysis: { state: 'fine' } }] })).toEqual(['/vulnerabilities/0/analysis/state must be equal to one of the allowed values']);
  });
});

test.each([writeSarifReport, writeCycloneDxVdr, writeCsvReport, writeJsonReport])('%o gives the same bytes again', async (write) => {
  expect(write(await exampleReport())).toBe(write(report));
});

test('SARIF: a rule for each vulnerability, a result for each component, hidden ones left out', () => {
  const { runs } = JSON.parse(writeSarifReport(report));
  const [{ tool, results, automationDetails }] = runs;
  expect(automationDetails).toEqual({ id: 'esscm/ghcr.io/acme/shop/' });
  expect(tool.driver.rules.map((rule: { id: string; properties: Record<string, unknown> }) => [rule.id, rule.properties['security-severity']])).toEqual([
    ['CVE-2024-9999', '10.0'],
    ['CVE-2021-23337', '7.2'],
    ['MAL-2024-1', '10.0'],
    ['CVE-2020-7598', '5.6'],
    ['CVE-2024-37890', '7.5'],
  ]);
  expect(results.map((each: { ruleId: string; level: string; suppressions?: { justification: string }[] }) => [each.ruleId, each.level, each.suppressions?.[0]?.justification])).toEqual([
    ['CVE-2024-9999', 'error', undefined],
    ['CVE-2021-23337', 'error', undefined],
    ['MAL-2024-1', 'error', undefined],
    ['CVE-2020-7598', 'warning', 'Acme Security states not affected: vulnerable code not in execute path; Arguments are fixed.'],
    ['CVE-2024-37890', 'error', 'only reachable from inside (jane@example.org, until 2026-12-31)'],
  ]);
  expect(results[1]).toEqual({
    ruleId: 'CVE-2021-23337',
    ruleIndex: 1,
    level: 'error',
    message: { text: 'lodash 4.17.20 in ghcr.io/acme/shop:1.4: CVE-2021-23337, high. Fixed in 4.17.21.' },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: 'app/node_modules/lodash/package.json' }, region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 } },
        logicalLocations: [{ name: 'lodash', fullyQualifiedName: 'pkg:npm/lodash@4.17.20', kind: 'package' }],
      },
    ],
    // printf 'CVE-2021-23337\nnpm\nlodash\n/app/node_modules/lodash/package.json' | sha256sum
    partialFingerprints: { 'esscm/v1': 'acdc9d07871fb23fa228caf8dcab049668f5a589269bc6ffeb58469c3e65db67' },
    properties: { severity: 'high', confidence: 'high', fixState: 'fixed', fixedIn: '4.17.21', evidence: ['GHSA-aaaa-aaaa-aaaa: 4.17.20 is below 4.17.21 (fixed); compared as semver'] },
  });
});

test('SARIF: an updated package keeps its fingerprint, another place has another one', () => {
  const prints = (text: string): string[] => JSON.parse(text).runs[0].results.map((each: { partialFingerprints: Record<string, string> }) => each.partialFingerprints['esscm/v1']);
  const updated = { ...report, result: { ...report.result, findings: report.result.findings.map((finding) => ({ ...finding, component: { ...finding.component, version: '9' } })) } };
  expect(prints(writeSarifReport(updated))).toEqual(prints(writeSarifReport(report)));
  const moved = { ...report, components: report.components.map((component) => ({ ...component, locations: [{ path: '/elsewhere' }] })) };
  expect(prints(writeSarifReport(moved))).not.toEqual(prints(writeSarifReport(report)));
});

test('CSV: one line a finding with its state; quotes are doubled, formulas defused', () => {
  const [header = '', ...lines] = writeCsvReport(report).trimEnd().split('\r\n');
  expect(header).toBe('image,tag,digest,vulnerability,identifiers,severity,score,vector,severity source,package,installed,type,package URL,paths,layer,fix state,fixed in,also fixed in,EPSS,EPSS percentile,exploited since,exploited due,ransomware,class,confidence,state,reason,VEX status,published,records,summary');
  expect(lines.find((line) => line.includes('lodash'))).toBe(
    `ghcr.io/acme/shop,1.4,sha256:${'3'.repeat(64)},CVE-2021-23337,CVE-2021-23337 GHSA-aaaa-aaaa-aaaa,high,7.2,CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H,GHSA-aaaa-aaaa-aaaa CVSS 3.1,lodash,4.17.20,npm,pkg:npm/lodash@4.17.20,/app/node_modules/lodash/package.json,1,fixed,4.17.21,,,,,,,vulnerability,high,open,,,2021-05-06T16:05:51Z,GHSA-aaaa-aaaa-aaaa,"Command injection in ""lodash"", by a template"`,
  );
  expect(lines.map((line) => /,(open|hidden|suppressed),/.exec(line)?.[1])).toEqual(['open', 'open', 'open', 'hidden', 'suppressed', 'suppressed']);
  const hostile = { ...report, result: { ...report.result, findings: report.result.findings.slice(0, 1).map((finding) => ({ ...finding, component: { ...finding.component, name: '=HYPERLINK("http://x")', version: '1\r\n2' } })) } };
  expect(writeCsvReport(hostile).split('\r\n')[1]).toContain(`,"'=HYPERLINK(""http://x"")",1 2,`);
});

test('CycloneDX: references of the SBOM, ratings, and what was decided', () => {
  const document = JSON.parse(writeCycloneDxVdr(report));
  expect(document.metadata).toMatchObject({ timestamp: '2026-08-01T00:00:00Z', component: { type: 'container', name: 'ghcr.io/acme/shop', version: '1.4' } });
  expect(document.components.map((component: { 'bom-ref': string }) => component['bom-ref'])).toEqual(['pkg:npm/lodash@4.17.20', 'pkg:npm/minimist@0.0.8', 'pkg:npm/evil@1.0.0', 'pkg:npm/ws@7.0.0', 'pkg:deb/debian/bash@5.2-1?distro=debian-12']);
  const analyses = document.vulnerabilities.map((each: { id: string; analysis?: unknown; affects: { versions: { status: string }[] }[] }) => [each.id, each.analysis, each.affects[0]?.versions[0]?.status]);
  expect(analyses).toEqual([
    ['CVE-2024-9999', { state: 'exploitable', detail: 'As Acme Security states.', lastUpdated: '2026-07-01T00:00:00Z' }, 'affected'],
    ['CVE-2021-23337', undefined, 'affected'],
    ['MAL-2024-1', undefined, 'affected'],
    ['CVE-2020-7598', { state: 'not_affected', justification: 'code_not_reachable', detail: 'Arguments are fixed.\nAs Acme Security states.', lastUpdated: '2026-07-01T00:00:00Z' }, 'unaffected'],
    ['CVE-2024-37890', { state: 'exploitable', response: ['will_not_fix'], detail: 'only reachable from inside (jane@example.org, until 2026-12-31)' }, 'affected'],
  ]);
  expect(document.vulnerabilities[1]).toMatchObject({
    source: { name: 'NVD', url: 'https://nvd.nist.gov/vuln/detail/CVE-2021-23337' },
    references: [{ id: 'GHSA-aaaa-aaaa-aaaa', source: { name: 'GitHub', url: 'https://github.com/advisories/GHSA-aaaa-aaaa-aaaa' } }],
    ratings: [{ source: { name: 'GHSA-aaaa-aaaa-aaaa CVSS 3.1' }, score: 7.2, severity: 'high', method: 'CVSSv31', vector: 'CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H' }],
    recommendation: 'Update to 4.17.21.',
    affects: [{ ref: 'pkg:npm/lodash@4.17.20', versions: [{ version: '4.17.20', status: 'affected' }] }],
  });
});

test('JSON: everything, with layers and the way a component came in', () => {
  const document = JSON.parse(writeJsonReport(report));
  expect(Object.keys(document)).toEqual(['formatVersion', 'tool', 'image', 'distribution', 'advisories', 'counts', 'findings', 'suppressed', 'notices']);
  const [, lodash] = document.findings;
  expect([lodash.id, lodash.locations, lodash.dependencyPath]).toEqual([
    'CVE-2021-23337',
    [{ path: '/app/node_modules/lodash/package.json', layerIndex: 1, layerDiffId: `sha256:${'1'.repeat(64)}`, createdBy: 'RUN npm ci' }],
    ['pkg:npm/app@1.0.0', 'pkg:npm/lodash@4.17.20'],
  ]);
});

test('a way through a graph that has none from outside ends at the component', () => {
  const paths = new DependencyPaths({ ...report, relationships: [{ from: 'a', to: 'b' }, { from: 'b', to: 'a' }, { from: 'r', to: 'm' }, { from: 'm', to: 'n' }, { from: 'x', to: 'n', kind: 'owns' }] });
  expect([paths.to('a'), paths.to('n'), paths.to('z')]).toEqual([['a'], ['r', 'm', 'n'], ['z']]);
});

import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { importPaths, matchComponents, openAdvisoryDatabase } from '@esscm/vulnerabilities';
import type { Finding, MatchComponent } from '@esscm/vulnerabilities';
import { recordsOfBundle } from '@esscm/vulnerabilities/quality';
import type { OsvRecord } from '@esscm/vulnerabilities/quality';
import { asDocument, boundComponents, nameInAdvisories } from './bound-components.js';
import { classOfOurs, classOfTheirs } from './difference-classes.js';
import type { Difference, PeerName } from './difference-classes.js';
import { runGrype, writeGrypeDatabase } from './grype.js';
import { runOsvScanner, writeOsvDatabase } from './osv-scanner.js';
import { compareFindings } from './peer-findings.js';
import type { FindComponent, PeerFinding } from './peer-findings.js';
import { buildTrivyDatabase, runTrivy } from './trivy.js';

/**
 * Asks other matchers about the same components with databases made of the same records: every language package of the bundles
 * around its bounds, or the components of a CycloneDX document. Prints what both find, only ours and only theirs, and why. A matcher
 * that is not installed is named and left out (`OSV_SCANNER`, `TRIVY`, `TRIVY_DB`, `GRYPE` name the commands). The run fails when a difference has no class.
 */
export async function benchPeers(options: { snapshot: string; document: string | undefined }): Promise<void> {
  const bundles = globSync(join(options.snapshot, '*.zip')).toSorted();
  const records = bundles.flatMap((file) => [...recordsOfBundle(file)]).filter((record) => !record.id.startsWith('MAL-'));
  const components = options.document === undefined ? boundComponents(records) : componentsOf(options.document);
  const folder = mkdtempSync(join(tmpdir(), 'esscm-peers-'));
  try {
    await importPaths(join(folder, 'ours'), bundles, { signal: new AbortController().signal, now: new Date().toISOString() });
    using database = await openAdvisoryDatabase(join(folder, 'ours'));
    const findings = matchComponents({ components }, database).findings.filter((finding) => finding.class !== 'malware');
    const document = join(folder, 'components.cdx.json');
    writeFileSync(document, asDocument(components));
    console.log(`${components.length} components, ${findings.length} findings of ours.`);
    const find = finderOf(components);
    const peers = { 'osv-scanner': () => askOsvScanner(folder, document, records, find), trivy: () => askTrivy(folder, document, records, find), grype: () => askGrype(folder, document, records, find, components) };
    for (const [name, ask] of Object.entries(peers)) report(name as PeerName, findings, components, records, ask());
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function report(peer: PeerName, findings: readonly Finding[], components: readonly MatchComponent[], records: readonly OsvRecord[], theirs: readonly PeerFinding[] | string): void {
  if (typeof theirs === 'string') {
    console.log(`${peer}: not compared: ${theirs}`);
    return;
  }
  const ours = findings.map((finding) => ({ ...finding, packageUrl: finding.component.packageUrl }));
  const { both, onlyOurs, onlyTheirs } = compareFindings(ours, theirs);
  const byId = new Map(findings.map((finding) => [`${finding.component.packageUrl}\n${finding.id}`, finding]));
  const byUrl = new Map(components.map((component) => [component.packageUrl, component]));
  const recordsById = new Map(records.map((record) => [record.id, record]));
  const differences = [
    ...onlyOurs.flatMap((each): Difference[] => {
      const finding = ours.find((one) => one === each);
      const known = finding && byId.get(`${each.packageUrl}\n${finding.id}`);
      return known === undefined ? [] : [{ who: 'only ours', ecosystem: known.component.ecosystem, example: `${known.id} ${each.packageUrl}: ${known.evidence[0]?.recordId ?? ''}: ${known.evidence[0]?.reason ?? ''}`, why: classOfOurs(peer, known, recordsById) }];
    }),
    ...onlyTheirs.map((each): Difference => ({ who: 'only theirs', ecosystem: byUrl.get(each.packageUrl)?.ecosystem ?? '', example: `${each.identifiers.join(' ')} ${each.packageUrl}`, why: classOfTheirs(each, byUrl.get(each.packageUrl), records) })),
  ];
  const classes = Map.groupBy(differences, ({ who, why, ecosystem }) => `${who}: ${why ?? `${ecosystem} NOT EXPLAINED`}`);
  console.log(`${peer}: ${theirs.length} findings; both ${both.length}, only ours ${onlyOurs.length}, only theirs ${onlyTheirs.length}.`);
  for (const [name, each] of [...classes].toSorted(([, one], [, other]) => other.length - one.length)) {
    console.log(`  ${String(each.length).padStart(6)} ${name}`);
    for (const { example } of each.slice(0, name.endsWith('NOT EXPLAINED') ? 12 : 2)) console.log(`           ${example}`);
  }
  if (differences.some(({ why }) => why === undefined)) process.exitCode = 1;
}

function askOsvScanner(folder: string, document: string, records: readonly OsvRecord[], find: FindComponent): readonly PeerFinding[] | string {
  const command = process.env['OSV_SCANNER'] ?? 'osv-scanner';
  if (!isInstalled(command)) return `${command} is not installed (go install github.com/google/osv-scanner/v2/cmd/osv-scanner)`;
  const databases = join(folder, 'osv');
  mkdirSync(databases);
  writeOsvDatabase(databases, records);
  return runOsvScanner(command, document, databases, find);
}

function askTrivy(folder: string, document: string, records: readonly OsvRecord[], find: FindComponent): readonly PeerFinding[] | string {
  const [command, builder] = [process.env['TRIVY'] ?? 'trivy', process.env['TRIVY_DB'] ?? 'trivy-db'];
  const missing = [command, builder].filter((each) => !isInstalled(each));
  if (missing.length > 0) return `${missing.join(' and ')} not installed (go install github.com/aquasecurity/trivy-db/cmd/trivy-db builds its database)`;
  buildTrivyDatabase(builder, join(folder, 'trivy'), records);
  return runTrivy(command, document, join(folder, 'trivy'), find);
}

function askGrype(folder: string, document: string, records: readonly OsvRecord[], find: FindComponent, components: readonly MatchComponent[]): readonly PeerFinding[] | string {
  const command = process.env['GRYPE'] ?? 'grype';
  if (!isInstalled(command)) return `${command} is not installed (go install github.com/anchore/grype/cmd/grype)`;
  writeGrypeDatabase(command, join(folder, 'grype'), records);
  return runGrype(command, document, join(folder, 'grype'), find, new Set(components.map((component) => component.packageUrl)));
}

/** Other tools name a component by type, name and version. */
function finderOf(components: readonly MatchComponent[]): FindComponent {
  const urls = new Map(components.map((component) => [`${component.ecosystem} ${nameInAdvisories(component).toLowerCase()} ${component.version}`, component.packageUrl]));
  return (type, name, version) => urls.get(`${type} ${name.toLowerCase()} ${version}`);
}

function isInstalled(command: string): boolean {
  return spawnSync(command, ['--help']).error === undefined;
}

/** Components of a CycloneDX document that have a package URL. */
function componentsOf(file: string): MatchComponent[] {
  const { components }: { components?: readonly { readonly name: string; readonly version?: string; readonly purl?: string }[] } = JSON.parse(readFileSync(file, 'utf8'));
  return (components ?? []).flatMap(({ name, version, purl }) => (purl === undefined || version === undefined ? [] : [{ id: purl, ecosystem: /^pkg:([^/]+)/.exec(purl)?.[1] ?? '', name, version, packageUrl: purl, locations: [] }]));
}

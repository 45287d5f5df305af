import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Other scanners, by the command that the user named. None is part of this project. */
export interface PeerCommands {
  readonly syft?: string;
  readonly trivy?: string;
  /** Folder in which the npm package snyk-docker-plugin is installed. */
  readonly snyk?: string;
}

export interface Peer {
  readonly name: string;
  readonly version: string;
  /** A run that does nothing, to be taken off; in the same shape as `scan`. */
  readonly startUp: readonly string[];
  scan(layout: string, output: string): readonly string[];
  /** Of an image in a registry on this machine that speaks plain HTTP; absent where it takes none. */
  scanRegistry?(reference: string, output: string): readonly string[];
  /** Before each scan, outside of what is measured: takes away what an earlier one kept, and makes what a first one needs. */
  prepare?(output: string): void;
  /** Components in what a scan wrote; undefined where that cannot be told. */
  count(output: string): number | undefined;
}

const versionOf = (command: string, ...flags: readonly string[]): string => /\d+\.\d+\.\d+|dev/.exec(spawnSync(command, flags, { encoding: 'utf8' }).stdout)?.[0] ?? 'unknown';

function componentsOf(output: string): number | undefined {
  if (statSync(output, { throwIfNoEntry: false }) === undefined) return undefined;
  const document = JSON.parse(readFileSync(output, 'utf8')) as { components?: { type?: string }[] };
  return document.components?.filter(({ type }) => type === 'library' || type === 'application').length;
}

// snyk-docker-plugin is a library; it reads an image from a docker or OCI archive, of which a layout packed by tar is one.
const snykScript = 'const [folder, layout] = process.argv.slice(1); require(`${folder}/node_modules/snyk-docker-plugin`).scan({ path: `oci-archive:${layout}.tar` }).then((r) => process.stdout.write(String(r.scanResults.length)));';

const cacheOf = (output: string): string => `${output}.cache`;

const trivyFlags = (output: string): readonly string[] => ['--format', 'cyclonedx', '--skip-db-update', '--skip-java-db-update', '--offline-scan', '--cache-dir', cacheOf(output), '--output', output, '--quiet'];

/** Nothing is left of an earlier scan. trivy refuses to scan without its database of Java archives, which is downloaded; in one without entries it looks archives up in vain. */
function emptyTrivyCache(cache: string): void {
  rmSync(cache, { recursive: true, force: true });
  const folder = join(cache, 'java-db');
  mkdirSync(folder, { recursive: true });
  const database = new DatabaseSync(join(folder, 'trivy-java.db'));
  database.exec('CREATE TABLE artifacts(id INTEGER PRIMARY KEY, group_id TEXT, artifact_id TEXT); CREATE TABLE indices(artifact_id INTEGER, version TEXT, sha1 BLOB, archive_type TEXT)');
  database.close();
  const now = new Date().toISOString();
  writeFileSync(join(folder, 'metadata.json'), JSON.stringify({ Version: 1, NextUpdate: now, UpdatedAt: now, DownloadedAt: now }));
}

/** The peers that were named, each with what it takes to run it without its vulnerability database. */
export function peersOf({ syft, trivy, snyk }: PeerCommands): readonly Peer[] {
  return [
    ...(syft === undefined
      ? []
      : [
          {
            name: 'syft',
            version: versionOf(syft, 'version'),
            startUp: [syft, 'version'],
            scan: (layout: string, output: string) => [syft, 'scan', `oci-dir:${layout}`, '-q', '-o', `cyclonedx-json=${output}`],
            scanRegistry: (reference: string, output: string) => ['env', 'SYFT_REGISTRY_INSECURE_USE_HTTP=true', syft, 'scan', `registry:${reference}`, '-q', '-o', `cyclonedx-json=${output}`],
            count: componentsOf,
          },
        ]),
    ...(trivy === undefined
      ? []
      : [
          {
            name: 'trivy',
            version: versionOf(trivy, '--version'),
            startUp: [trivy, '--version'],
            scan: (layout: string, output: string) => [trivy, 'image', '--input', layout, ...trivyFlags(output)],
            scanRegistry: (reference: string, output: string) => [trivy, 'image', '--image-src', 'remote', '--insecure', ...trivyFlags(output), reference],
            prepare: (output: string) => emptyTrivyCache(cacheOf(output)),
            count: componentsOf,
          },
        ]),
    ...(snyk === undefined
      ? []
      : [
          {
            name: 'snyk-docker-plugin',
            version: (JSON.parse(readFileSync(`${snyk}/node_modules/snyk-docker-plugin/package.json`, 'utf8')) as { version: string }).version,
            startUp: [process.execPath, '-e', `require('${snyk}/node_modules/snyk-docker-plugin')`],
            scan: (layout: string) => [process.execPath, '-e', snykScript, snyk, layout],
            count: () => undefined,
          },
        ]),
  ];
}

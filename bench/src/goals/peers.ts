import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';

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

/** The peers that were named, each with what it takes to run it without its vulnerability database. */
export function peersOf({ syft, trivy, snyk }: PeerCommands): readonly Peer[] {
  return [
    ...(syft === undefined
      ? []
      : [{ name: 'syft', version: versionOf(syft, 'version'), startUp: [syft, 'version'], scan: (layout: string, output: string) => [syft, 'scan', `oci-dir:${layout}`, '-q', '-o', `cyclonedx-json=${output}`], count: componentsOf }]),
    ...(trivy === undefined
      ? []
      : [
          {
            name: 'trivy',
            version: versionOf(trivy, '--version'),
            startUp: [trivy, '--version'],
            scan: (layout: string, output: string) => [trivy, 'image', '--input', layout, '--format', 'cyclonedx', '--skip-db-update', '--skip-java-db-update', '--offline-scan', '--cache-dir', `${output}.cache`, '--output', output, '--quiet'],
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

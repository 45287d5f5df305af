import type { Catalogue, Component } from '../../catalogue.js';
import { packageUrl as writePackageUrl } from '../../package-url.js';
import { relationshipsFrom } from '../catalogue-facts.js';
import { documentTime, documentTool, imagePackageUrl, type DocumentOptions } from '../document-options.js';
import { jsonChunks } from '../json-chunks.js';

/** What GitHub wants to know of the run that scanned, and the catalogue cannot say. */
export interface GithubSnapshotOptions extends DocumentOptions {
  readonly github?: {
    /** Commit that was scanned: 40 hexadecimal digits. */
    readonly sha?: string;
    /** Such as `refs/heads/main`. */
    readonly ref?: string;
    readonly jobId?: string;
    readonly correlator?: string;
  };
}

const noCommit = '0'.repeat(40);

/**
 * Writes a snapshot for GitHub's dependency submission API (REST, `POST /repos/{owner}/{repo}/dependency-graph/snapshots`): a
 * manifest a file that components were found in. Commit and branch come from the options; zeros stand for none, and whoever
 * submits has to fill them in.
 */
export function writeGithubSnapshot(catalogue: Catalogue, options: GithubSnapshotOptions = {}): Iterable<string> {
  const { image } = catalogue;
  const { github = {} } = options;
  const { name, version } = documentTool(options);
  const edges = relationshipsFrom(catalogue);
  const urls = new Map(catalogue.components.map(({ id, packageUrl }) => [id, packageUrl]));
  const dependenciesOf = (id: string): readonly string[] => [...new Set((edges.get(id) ?? []).flatMap(({ kind, to }) => (kind === 'depends-on' ? (urls.get(to) ?? []) : [])))];
  const wanted = new Set([...edges.values()].flat().flatMap(({ kind, to }) => (kind === 'depends-on' ? [to] : [])));
  const byPath = Map.groupBy(catalogue.components, ({ locations }) => locations[0]?.path ?? imagePackageUrl(image));
  const manifests = Object.fromEntries(
    [...byPath].map(([path, components]) => [
      `${image.name}:${path}`,
      {
        name: path,
        metadata: { image: imagePackageUrl(image) },
        resolved: Object.fromEntries(components.map((component) => [component.packageUrl, resolved(component, wanted.has(component.id), dependenciesOf(component.id))])),
      },
    ]),
  );
  return jsonChunks({
    version: 0,
    sha: github.sha ?? noCommit,
    ref: github.ref ?? 'refs/heads/main',
    job: { id: github.jobId ?? image.digest, correlator: github.correlator ?? `${name} ${image.name} ${image.platform.os}/${image.platform.architecture}` },
    detector: { name, version, url: writePackageUrl({ type: 'generic', name, version }) },
    scanned: documentTime(options, image) ?? '1970-01-01T00:00:00Z',
    metadata: { image: image.name, digest: image.digest },
    manifests,
  });
}

function resolved({ packageUrl, locations }: Component, isIndirect: boolean, dependencies: readonly string[]): object {
  const layer = locations[0]?.layerDiffId;
  return {
    package_url: packageUrl,
    relationship: isIndirect ? 'indirect' : 'direct',
    scope: 'runtime',
    ...(layer === undefined ? {} : { metadata: { layer } }),
    ...(dependencies.length === 0 ? {} : { dependencies }),
  };
}

import type { StoredLayer } from '@esscm/registry-core';
import { ManifestReads, type ManifestReadsOptions } from './manifest-reads.js';

/** What manifests say and listings do not. */
export class RegistryManifests {
  /** Such as `linux/arm64`, in the order of the index. */
  readonly platforms: ManifestReads<readonly string[]>;
  /** What a scan of the image downloads. */
  readonly layers: ManifestReads<readonly StoredLayer[]>;

  constructor(options: ManifestReadsOptions) {
    this.platforms = new ManifestReads(options, (reader, { repository, digest }) => reader.platforms(repository, digest));
    this.layers = new ManifestReads(options, (reader, { repository, digest }) => reader.layers(repository, digest));
  }
}

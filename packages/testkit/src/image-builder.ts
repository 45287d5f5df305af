import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, encode, sha256, type BuiltContent, type Descriptor } from './built-content.js';
import type { LayerEntries } from './layer-entries.js';
import { writeTar, type TarOptions } from './tar-writer.js';

export type Compression = 'gzip' | 'zstd' | 'none';

/** Which family of media types is written. */
export type Flavour = 'oci' | 'docker';

export interface BuiltPlatform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
  readonly osVersion?: string;
}

export interface ImageOptions {
  /** linux/amd64 by default. */
  readonly platform?: BuiltPlatform;
  /** `oci` by default. */
  readonly flavour?: Flavour;
  /** `config` of the image configuration, in Docker's words: `Env`, `Cmd`, `Labels`, … */
  readonly config?: Readonly<Record<string, unknown>>;
  readonly created?: string;
  /** Of the manifest; only for OCI. */
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface LayerOptions extends TarOptions {
  /** `gzip` by default. */
  readonly compression?: Compression;
  readonly createdBy?: string;
  /** Makes it a foreign layer: described, but not among the blobs. */
  readonly foreignUrls?: readonly string[];
}

export interface BuiltLayer {
  /** Of the bytes as stored. */
  readonly descriptor: Descriptor;
  readonly diffId: string;
  /** Uncompressed. */
  readonly tar: Buffer;
}

export interface BuiltImage extends BuiltContent {
  readonly platform: BuiltPlatform;
  readonly config: Descriptor;
  /** Base layer first. */
  readonly layers: readonly BuiltLayer[];
}

interface PlannedLayer {
  readonly layer: BuiltLayer;
  readonly stored: Buffer | undefined;
}

const mediaTypes = {
  oci: {
    manifest: 'application/vnd.oci.image.manifest.v1+json',
    config: 'application/vnd.oci.image.config.v1+json',
    layers: {
      gzip: 'application/vnd.oci.image.layer.v1.tar+gzip',
      zstd: 'application/vnd.oci.image.layer.v1.tar+zstd',
      none: 'application/vnd.oci.image.layer.v1.tar',
    },
    foreign: 'application/vnd.oci.image.layer.nondistributable.v1.tar+gzip',
  },
  docker: {
    manifest: 'application/vnd.docker.distribution.manifest.v2+json',
    config: 'application/vnd.docker.container.image.v1+json',
    layers: {
      gzip: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
      zstd: 'application/vnd.docker.image.rootfs.diff.tar.zstd',
      none: 'application/vnd.docker.image.rootfs.diff.tar',
    },
    foreign: 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip',
  },
} as const;

/** Composes an image from layers given as maps of paths. The same calls give the same bytes. */
export class ImageBuilder {
  readonly #options: ImageOptions;
  readonly #layers: PlannedLayer[] = [];
  readonly #history: Record<string, unknown>[] = [];

  constructor(options: ImageOptions = {}) {
    this.#options = options;
  }

  /** Adds a layer on top of those before. */
  layer(entries: LayerEntries, options: LayerOptions = {}): this {
    return this.layerFromTar(writeTar(entries, options), options);
  }

  /** For tars no map of paths can describe, such as damaged ones. */
  layerFromTar(tar: Buffer, { compression = 'gzip', createdBy, foreignUrls }: LayerOptions = {}): this {
    const types = mediaTypes[this.#options.flavour ?? 'oci'];
    const stored = compress(tar, compression);
    const plain = describe(foreignUrls === undefined ? types.layers[compression] : types.foreign, stored);
    const descriptor = foreignUrls === undefined ? plain : { ...plain, urls: foreignUrls };
    this.#layers.push({ layer: { descriptor, diffId: sha256(tar), tar }, stored: foreignUrls === undefined ? stored : undefined });
    this.#history.push({ created: this.#created(), ...(createdBy === undefined ? {} : { created_by: createdBy }) });
    return this;
  }

  /** A history entry without a layer, such as `ENV A=b`. */
  instruction(createdBy: string): this {
    this.#history.push({ created: this.#created(), created_by: createdBy, empty_layer: true });
    return this;
  }

  build(): BuiltImage {
    const { flavour = 'oci', platform = { os: 'linux', architecture: 'amd64' }, annotations } = this.#options;
    const types = mediaTypes[flavour];
    const configBytes = encode({
      created: this.#created(),
      ...platformFields(platform),
      config: this.#options.config ?? {},
      rootfs: { type: 'layers', diff_ids: this.#layers.map(({ layer }) => layer.diffId) },
      history: this.#history,
    });
    const config = describe(types.config, configBytes);
    const manifestBytes = encode({
      schemaVersion: 2,
      mediaType: types.manifest,
      config,
      layers: this.#layers.map(({ layer }) => layer.descriptor),
      ...(annotations === undefined ? {} : { annotations }),
    });
    const descriptor = describe(types.manifest, manifestBytes);
    const blobs = new Map([[config.digest, configBytes]]);
    for (const { layer, stored } of this.#layers) if (stored !== undefined) blobs.set(layer.descriptor.digest, stored);
    return {
      descriptor,
      platform,
      config,
      layers: this.#layers.map(({ layer }) => layer),
      manifests: new Map([[descriptor.digest, { mediaType: types.manifest, bytes: manifestBytes }]]),
      blobs,
    };
  }

  #created(): string {
    return this.#options.created ?? '2026-01-02T03:04:05Z';
  }
}

/** `platform` as an index and a configuration write it. */
export function platformFields({ osVersion, ...platform }: BuiltPlatform): Record<string, string> {
  return { ...platform, ...(osVersion === undefined ? {} : { 'os.version': osVersion }) };
}

function compress(tar: Buffer, compression: Compression): Buffer {
  if (compression === 'none') return tar;
  return compression === 'gzip' ? gzipSync(tar) : zstdCompressSync(tar);
}

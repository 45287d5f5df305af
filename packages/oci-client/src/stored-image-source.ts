import type { Readable } from 'node:stream';
import type { Digest } from './digest.js';
import { OciError } from './errors.js';
import { instructionsOf, readConfiguration, type ReadConfiguration } from './image-configuration.js';
import type { ImageLayer, ImageSource, PlatformImage, ResolvedImage, ResolveOptions } from './image-source.js';
import { findPlatformManifests, type PlatformManifest } from './index-platforms.js';
import type { OciLimits } from './limits.js';
import { requireImage, type ManifestDocument } from './manifest-document.js';
import { isForeignLayer } from './media-types.js';
import { closestPlatform, defaultPlatform, formatPlatform, platformDistance, type Platform } from './platform.js';
import type { Descriptor, ImageManifest } from './schemas.js';

/** Manifests and blobs by digest, wherever they are kept. All bytes it gives are verified. */
export interface ImageStore extends AsyncDisposable {
  readonly description: string;
  /** What the reference names. */
  root(signal: AbortSignal): Promise<RootDocument>;
  manifest(descriptor: Descriptor, signal: AbortSignal): Promise<ManifestDocument>;
  /** Whether an entry of an index is there to be read; stores that hold only a part of an index say no for the rest. */
  has(descriptor: Descriptor, signal: AbortSignal): Promise<boolean>;
  readBlob(descriptor: Descriptor, limitBytes: number, signal: AbortSignal): Promise<Buffer>;
  openBlob(descriptor: Descriptor, signal: AbortSignal): Promise<Readable>;
  /** A file that should hold the blob and nothing else; undefined when there is none, or the blob is beyond a limit. */
  fileOfBlob?(descriptor: Descriptor): string | undefined;
}

export interface RootDocument {
  readonly document: ManifestDocument;
  /** False for a layout's `index.json` and for a docker-archive, where the document's digest names no manifest. */
  readonly addressable: boolean;
}

/** {@link ImageSource} over any {@link ImageStore}, which it owns. */
export class StoredImageSource implements ImageSource {
  readonly description: string;
  readonly #store: ImageStore;
  readonly #limits: OciLimits;
  #root: RootDocument | undefined;

  constructor(store: ImageStore, limits: OciLimits) {
    this.description = store.description;
    this.#store = store;
    this.#limits = limits;
  }

  async platforms(signal: AbortSignal): Promise<readonly PlatformImage[]> {
    const { document } = await this.#rootDocument(signal);
    if (document.kind === 'index') {
      const found = await this.#platformManifests(document, signal);
      return found.map(({ descriptor, platform }) => ({ digest: descriptor.digest, platform }));
    }
    const { platform } = await this.#configuration(document, signal);
    return [{ digest: document.digest, platform: platform ?? defaultPlatform }];
  }

  async resolve({ platform: wanted, signal }: ResolveOptions): Promise<ResolvedImage> {
    const { document, addressable } = await this.#rootDocument(signal);
    if (document.kind === 'manifest') {
      const read = await this.#configuration(document, signal);
      const platform = read.platform ?? defaultPlatform;
      if (wanted !== undefined && platformDistance(platform, wanted) === undefined) throw this.#noImageFor(wanted, [platform]);
      const { manifestDigest, ...image } = this.#image(document, read, platform);
      return addressable ? { manifestDigest, ...image } : image;
    }
    const found = await this.#platformManifests(document, signal);
    const chosen = closestPlatform(found, wanted ?? defaultPlatform) ?? (wanted === undefined && found.length === 1 ? found[0] : undefined);
    if (chosen === undefined) throw this.#noImageFor(wanted ?? defaultPlatform, found.map(({ platform }) => platform));
    const manifest = chosen.document ?? (await this.#store.manifest(chosen.descriptor, signal));
    if (manifest.kind !== 'manifest') {
      throw new OciError({ code: 'protocol', message: `An index of ${this.description} calls another index an image.` });
    }
    const read = await this.#configuration(manifest, signal);
    const image = this.#image(manifest, read, chosen.platform);
    return addressable ? { indexDigest: document.digest, ...image } : image;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#store[Symbol.asyncDispose]();
  }

  async #rootDocument(signal: AbortSignal): Promise<RootDocument> {
    this.#root ??= await this.#store.root(signal);
    return this.#root;
  }

  #platformManifests(
    document: Extract<ManifestDocument, { readonly kind: 'index' }>,
    signal: AbortSignal,
  ): Promise<readonly PlatformManifest[]> {
    return findPlatformManifests(document.index, {
      limits: this.#limits,
      description: this.description,
      has: (descriptor) => this.#store.has(descriptor, signal),
      manifest: (descriptor) => this.#store.manifest(descriptor, signal),
      platformOf: async (manifest) => (await this.#configuration(manifest, signal)).platform,
    });
  }

  async #configuration(document: Extract<ManifestDocument, { readonly kind: 'manifest' }>, signal: AbortSignal): Promise<ReadConfiguration> {
    const { config } = document.manifest;
    requireImage(document.manifest, `manifest ${document.digest} of ${this.description}`);
    const bytes = await this.#store.readBlob(config, this.#limits.configurationBytes, signal);
    return readConfiguration(bytes, `configuration ${config.digest} of ${this.description}`);
  }

  #image(
    document: Extract<ManifestDocument, { readonly kind: 'manifest' }>,
    { configuration, diffIds }: ReadConfiguration,
    platform: Platform,
  ): Omit<ResolvedImage, 'indexDigest' | 'manifestDigest'> & { readonly manifestDigest: Digest } {
    return {
      manifestDigest: document.digest,
      manifestMediaType: document.mediaType,
      configDigest: document.manifest.config.digest,
      platform,
      configuration,
      layers: this.#layers(document.manifest, diffIds, instructionsOf(configuration.history, diffIds.length)),
    };
  }

  #layers(manifest: ImageManifest, diffIds: readonly Digest[], instructions: readonly (string | undefined)[]): readonly ImageLayer[] {
    const descriptors = manifest.layers ?? [];
    if (descriptors.length > this.#limits.layers) {
      throw new OciError({ code: 'limit', message: `${this.description} has more than ${this.#limits.layers} layers.` });
    }
    if (descriptors.length !== diffIds.length) {
      throw new OciError({
        code: 'protocol',
        message: `${this.description} lists ${descriptors.length} layers in its manifest and ${diffIds.length} in its configuration.`,
      });
    }
    return diffIds.flatMap((diffId, position) => {
      const descriptor = descriptors[position];
      return descriptor === undefined ? [] : [this.#layer(descriptor, diffId, instructions[position])];
    });
  }

  #layer(descriptor: Descriptor, diffId: Digest, createdBy: string | undefined): ImageLayer {
    const { digest, mediaType, size, urls } = descriptor;
    const foreign = isForeignLayer(mediaType) && urls !== undefined && urls.length > 0;
    const file = foreign ? undefined : this.#store.fileOfBlob?.(descriptor);
    return {
      digest,
      diffId,
      mediaType,
      sizeBytes: size,
      ...(createdBy === undefined ? {} : { createdBy }),
      foreign,
      ...(file === undefined ? {} : { file }),
      open: (signal) => {
        const opened = this.#store.openBlob(descriptor, signal);
        if (!foreign) return opened;
        // A registry may have a copy all the same.
        return opened.catch((error: unknown) => {
          if (!(error instanceof OciError) || error.code !== 'not-found') throw error;
          const message = `Layer ${digest} of ${this.description} is not distributed by the registry; its address elsewhere is not followed.`;
          throw new OciError({ code: 'unsupported', message, cause: error });
        });
      },
    };
  }

  #noImageFor(wanted: Platform, offered: readonly Platform[]): OciError {
    const list = offered.slice(0, 20).map(formatPlatform).join(', ');
    return new OciError({
      code: 'not-found',
      message: `${this.description} has no image for ${formatPlatform(wanted)}; it has ${list === '' ? 'none' : list}.`,
    });
  }
}

import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { ArchiveFile, archiveError } from './archive-file.js';
import { DockerArchiveStore } from './docker-archive-store.js';
import type { ImageSource, PlatformImage, ResolvedImage, ResolveOptions } from './image-source.js';
import { defaultLimits, type OciLimits } from './limits.js';
import { OciLayoutStore, type LayoutFiles } from './oci-layout-store.js';
import { collect } from './read-body.js';
import { StoredImageSource } from './stored-image-source.js';

export interface DockerArchiveImageSourceOptions {
  /** As `docker save` or `podman save` wrote it, plain or compressed with gzip or zstd. */
  readonly file: string;
  /** Name of the image, such as `nginx:1.27`; needed when the archive holds several. */
  readonly tag?: string;
  readonly limits?: Partial<OciLimits>;
}

/**
 * An image in a docker-archive. The newer form, an OCI layout in a tar, is read as such; of the classic form
 * `manifestDigest` is absent, and `platforms` gives the digest of the configuration, Docker's image id.
 */
export function createDockerArchiveImageSource(options: DockerArchiveImageSourceOptions): ImageSource {
  return new DockerArchiveImageSource(options);
}

class DockerArchiveImageSource implements ImageSource {
  readonly description: string;
  readonly #options: DockerArchiveImageSourceOptions;
  #source: ImageSource | undefined;

  constructor(options: DockerArchiveImageSourceOptions) {
    this.#options = options;
    this.description = `docker-archive:${basename(options.file)}${options.tag === undefined ? '' : `:${options.tag}`}`;
  }

  async platforms(signal: AbortSignal): Promise<readonly PlatformImage[]> {
    return await this.#reading(signal, (source) => source.platforms(signal));
  }

  async resolve(options: ResolveOptions): Promise<ResolvedImage> {
    return await this.#reading(options.signal, (source) => source.resolve(options));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#source?.[Symbol.asyncDispose]();
  }

  async #reading<Result>(signal: AbortSignal, read: (source: ImageSource) => Promise<Result>): Promise<Result> {
    try {
      this.#source ??= await this.#open(signal);
      return await read(this.#source);
    } catch (error) {
      throw archiveError(error, this.description, signal);
    }
  }

  async #open(signal: AbortSignal): Promise<ImageSource> {
    const { file, tag, limits } = this.#options;
    const { description } = this;
    const archive = await ArchiveFile.open(file, description, signal);
    const allLimits = { ...defaultLimits, ...limits };
    const details = { description, limits: allLimits, ...(tag === undefined ? {} : { tag }) };
    const isLayout = archive.member('oci-layout') !== undefined && archive.member('index.json') !== undefined;
    const store = isLayout ? new OciLayoutStore({ ...details, files: archiveFiles(archive) }) : new DockerArchiveStore({ ...details, archive });
    return new StoredImageSource(store, allLimits);
  }
}

function archiveFiles(archive: ArchiveFile): LayoutFiles {
  const open = (name: string): Promise<Readable> => {
    const member = archive.member(name);
    return member === undefined ? Promise.reject(new Error(`No ${name}.`)) : Promise.resolve(archive.read(member));
  };
  return {
    size: (name) => Promise.resolve(archive.member(name)?.sizeBytes),
    read: async (name) => await collect(await open(name)),
    open,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

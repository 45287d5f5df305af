import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { compressionOf, type ArchiveFile } from './archive-file.js';
import { digestOf, type Digest, type DiffId } from './digest.js';
import { OciError } from './errors.js';
import { readConfiguration } from './image-configuration.js';
import { isImageNamed } from './image-name.js';
import type { OciLimits } from './limits.js';
import { parseJson, type ManifestDocument } from './manifest-document.js';
import { dockerManifest } from './media-types.js';
import { collect } from './read-body.js';
import { archiveManifestSchema, type Descriptor } from './schemas.js';
import type { ImageStore, RootDocument } from './stored-image-source.js';
import type { TarMember } from './tar-index.js';
import { VerifiedStream } from './verified-stream.js';

export interface DockerArchiveStoreOptions {
  readonly archive: ArchiveFile;
  readonly description: string;
  readonly tag?: string;
  readonly limits: OciLimits;
}

type ArchivedImage = ReturnType<typeof archiveManifestSchema.parse>[number];

const mediaTypes = {
  none: 'application/vnd.docker.image.rootfs.diff.tar',
  gzip: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
  zstd: 'application/vnd.docker.image.rootfs.diff.tar.zstd',
} as const;

/**
 * Reads the classic form of `docker save`, which has `manifest.json` and no manifest with a digest: one is put together
 * here from the configuration and the layers. An uncompressed layer is its own diff id, checked as it is read; the
 * digest of a compressed one is computed.
 */
export class DockerArchiveStore implements ImageStore {
  readonly description: string;
  readonly #options: DockerArchiveStoreOptions;
  readonly #members = new Map<Digest, TarMember>();

  constructor(options: DockerArchiveStoreOptions) {
    this.description = options.description;
    this.#options = options;
  }

  async root(signal: AbortSignal): Promise<RootDocument> {
    const { limits } = this.#options;
    const list = archiveManifestSchema.safeParse(parseJson(await this.#file('manifest.json', limits.manifestBytes), `manifest.json of ${this.description}`));
    if (!list.success) throw new OciError({ code: 'protocol', message: `The manifest.json of ${this.description} is not as docker save writes it.` });
    const image = this.#choose(list.data);
    if (image.Layers.length > limits.layers) throw new OciError({ code: 'limit', message: `${this.description} has more than ${limits.layers} layers.` });
    const configuration = await this.#file(image.Config, limits.configurationBytes);
    const config: Descriptor = { ...plainDescriptor, mediaType: 'application/vnd.docker.container.image.v1+json', digest: digestOf(configuration), size: configuration.length };
    const named = /(?:^|\/)([0-9a-f]{64})(?:\.json)?$/.exec(image.Config)?.[1];
    if (named !== undefined && `sha256:${named}` !== config.digest) {
      throw new OciError({ code: 'integrity', message: `The configuration ${image.Config} of ${this.description} has the digest ${config.digest}.` });
    }
    this.#members.set(config.digest, this.#member(image.Config));
    const { diffIds } = readConfiguration(configuration, `configuration ${config.digest} of ${this.description}`);
    const layers: Descriptor[] = [];
    for (const [position, name] of image.Layers.entries()) layers.push(await this.#layer(name, diffIds[position], signal));
    const manifest = { config, layers, artifactType: undefined, annotations: undefined };
    const document: ManifestDocument = { kind: 'manifest', manifest, mediaType: dockerManifest, bytes: configuration, digest: config.digest };
    return { document, addressable: false };
  }

  manifest(): Promise<ManifestDocument> {
    return Promise.reject(new OciError({ code: 'protocol', message: `${this.description} holds no manifests.` }));
  }

  has({ digest }: Descriptor): Promise<boolean> {
    return Promise.resolve(this.#members.has(digest));
  }

  async readBlob(descriptor: Descriptor, limitBytes: number, signal: AbortSignal): Promise<Buffer> {
    if (descriptor.size > limitBytes) throw new OciError({ code: 'limit', message: `A blob of ${this.description} is larger than ${limitBytes} bytes.` });
    return await collect(await this.openBlob(descriptor, signal));
  }

  openBlob({ digest, size }: Descriptor, signal: AbortSignal): Promise<Readable> {
    const member = this.#members.get(digest);
    if (member === undefined) return Promise.reject(new OciError({ code: 'not-found', message: `${this.description} does not hold ${digest}.` }));
    const first = { stream: this.#options.archive.read(member), startsAt: 0 };
    return Promise.resolve(new VerifiedStream({ digest, sizeBytes: size, first, signal, subject: `layer ${digest} of ${this.description}` }));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve();
  }

  async #layer(name: string, diffId: DiffId | undefined, signal: AbortSignal): Promise<Descriptor> {
    const member = this.#member(name);
    if (member.sizeBytes > this.#options.limits.layerBytes) {
      throw new OciError({ code: 'limit', message: `A layer of ${this.description} is larger than ${this.#options.limits.layerBytes} bytes.` });
    }
    const compression = compressionOf(member.magic);
    const digest = compression === 'none' && diffId !== undefined ? diffId : await this.#hash(member, signal);
    this.#members.set(digest, member);
    return { ...plainDescriptor, mediaType: mediaTypes[compression], digest, size: member.sizeBytes };
  }

  async #hash(member: TarMember, signal: AbortSignal): Promise<Digest> {
    const hash = createHash('sha256');
    for await (const chunk of this.#options.archive.read(member) as AsyncIterable<Buffer>) {
      signal.throwIfAborted();
      hash.update(chunk);
    }
    return `sha256:${hash.digest('hex')}`;
  }

  #member(name: string): TarMember {
    const member = this.#options.archive.member(name);
    if (member !== undefined) return member;
    throw new OciError({ code: 'not-found', message: `${this.description} does not hold ${name.slice(0, 200)}.` });
  }

  async #file(name: string, limitBytes: number): Promise<Buffer> {
    const member = this.#member(name);
    if (member.sizeBytes > limitBytes) throw new OciError({ code: 'limit', message: `${name} of ${this.description} is larger than ${limitBytes} bytes.` });
    return await collect(this.#options.archive.read(member));
  }

  #choose(images: readonly ArchivedImage[]): ArchivedImage {
    const { tag } = this.#options;
    const found = tag === undefined ? images : images.filter(({ RepoTags }) => RepoTags?.some((name) => isImageNamed(name, tag)));
    const [only, ...others] = found;
    if (only !== undefined && others.length === 0) return only;
    const names = images.flatMap(({ RepoTags }) => RepoTags ?? []).slice(0, 20).join(', ');
    throw new OciError({
      code: 'not-found',
      message: only === undefined ? `${this.description} holds no image of that name; it has ${names === '' ? 'none with a name' : names}.` : `${this.description} holds several images; name one of ${names}.`,
    });
  }
}

const plainDescriptor = { annotations: undefined, artifactType: undefined, urls: undefined, platform: undefined };

import type { Readable } from 'node:stream';
import { digestOf, type Digest } from './digest.js';
import { OciError } from './errors.js';
import { isImageNamed } from './image-name.js';
import type { OciLimits } from './limits.js';
import { parseJson, readManifestDocument, type ManifestDocument } from './manifest-document.js';
import { ociIndex } from './media-types.js';
import { indexSchema, layoutFileSchema, type Descriptor, type ImageIndex } from './schemas.js';
import type { ImageStore, RootDocument } from './stored-image-source.js';
import { VerifiedStream } from './verified-stream.js';

/** Names with slashes, as in the layout: `blobs/sha256/<hex>`. Only names made by this package are asked for. */
export interface LayoutFiles extends AsyncDisposable {
  /** Of a regular file; undefined when there is none. */
  size(name: string): Promise<number | undefined>;
  /** All of a small file, which has as many bytes as `size` has told. */
  read(name: string, sizeBytes: number): Promise<Buffer>;
  /** A new stream of the file from its beginning. */
  open(name: string, signal: AbortSignal): Promise<Readable>;
  /** Where the file is, when it is a file of its own. */
  path?(name: string): string;
}

export interface LayoutStoreOptions {
  readonly files: LayoutFiles;
  readonly description: string;
  readonly tag?: string;
  readonly limits: OciLimits;
}

/** Reads an OCI image layout (image-spec 1.1, image-layout.md), in a folder or in a tar. */
export class OciLayoutStore implements ImageStore {
  readonly description: string;
  readonly #options: LayoutStoreOptions;

  constructor(options: LayoutStoreOptions) {
    this.description = options.description;
    this.#options = options;
  }

  async root(signal: AbortSignal): Promise<RootDocument> {
    const { limits, tag } = this.#options;
    const marker = layoutFileSchema.safeParse(parseJson(await this.#text('oci-layout', 4096, signal), `oci-layout of ${this.description}`)).data;
    if (marker === undefined || !marker.imageLayoutVersion.startsWith('1.')) {
      throw new OciError({ code: 'unsupported', message: `${this.description} is not an OCI image layout of version 1.` });
    }
    const bytes = await this.#text('index.json', limits.manifestBytes, signal);
    const index = indexSchema.safeParse(parseJson(bytes, `index.json of ${this.description}`)).data;
    if (index === undefined) {
      throw new OciError({ code: 'protocol', message: `The index.json of ${this.description} is not an image index.` });
    }
    const entries = tag === undefined ? (index.manifests ?? []) : (index.manifests ?? []).filter((entry) => isNamed(entry, tag));
    const [only, ...others] = entries;
    if (only === undefined) throw this.#notFound(index, tag);
    if (others.length === 0) return { document: await this.manifest(only, signal), addressable: true };
    // Several entries are one image for several platforms only when each says which and no name sets them apart.
    if (namesOf(entries).size > 1) throw this.#ambiguous(index);
    const document = { bytes, digest: digestOf(bytes), mediaType: ociIndex, kind: 'index', index: { ...index, manifests: entries } } as const;
    return { document, addressable: false };
  }

  async manifest(descriptor: Descriptor, signal: AbortSignal): Promise<ManifestDocument> {
    const bytes = await this.readBlob(descriptor, this.#options.limits.manifestBytes, signal);
    return readManifestDocument(bytes, descriptor.mediaType, `manifest ${descriptor.digest} of ${this.description}`);
  }

  async has(descriptor: Descriptor): Promise<boolean> {
    return (await this.#options.files.size(blobName(descriptor.digest))) !== undefined;
  }

  async readBlob(descriptor: Descriptor, limitBytes: number, signal: AbortSignal): Promise<Buffer> {
    const { digest, size } = descriptor;
    if (size > limitBytes) throw new OciError({ code: 'limit', message: `Blob ${digest} of ${this.description} is larger than ${limitBytes} bytes.` });
    signal.throwIfAborted();
    const subject = await this.#checkedSubject(descriptor);
    const bytes = await this.#options.files.read(blobName(digest), size);
    const found = digestOf(bytes);
    if (found !== digest) throw new OciError({ code: 'integrity', message: `The ${subject} has the digest ${found}.`, retryable: false });
    return bytes;
  }

  async openBlob(descriptor: Descriptor, signal: AbortSignal): Promise<Readable> {
    const { digest, size } = descriptor;
    const { files } = this.#options;
    const subject = await this.#checkedSubject(descriptor);
    const stream = await files.open(blobName(digest), signal);
    return new VerifiedStream({ digest, sizeBytes: size, first: { stream, startsAt: 0 }, signal, subject });
  }

  fileOfBlob({ digest, size }: Descriptor): string | undefined {
    const { files, limits } = this.#options;
    return size > limits.layerBytes ? undefined : files.path?.(blobName(digest));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#options.files[Symbol.asyncDispose]();
  }

  /** What a blob is called in messages, once it is known to be there with the size promised. */
  async #checkedSubject({ digest, size }: Descriptor): Promise<string> {
    const { files, limits } = this.#options;
    const subject = `blob ${digest} of ${this.description}`;
    const stored = await files.size(blobName(digest));
    if (stored === undefined) throw new OciError({ code: 'not-found', message: `${this.description} does not hold blob ${digest}.` });
    if (size > limits.layerBytes) {
      throw new OciError({ code: 'limit', message: `The ${subject} is larger than ${limits.layerBytes} bytes.` });
    }
    if (stored !== size) {
      throw new OciError({ code: 'integrity', message: `The ${subject} has ${stored} bytes, not the ${size} promised.` });
    }
    return subject;
  }

  async #text(name: string, limitBytes: number, signal: AbortSignal): Promise<Buffer> {
    signal.throwIfAborted();
    const { files } = this.#options;
    const size = await files.size(name);
    if (size === undefined) {
      throw new OciError({ code: 'not-found', message: `${this.description} is not an OCI image layout: it has no ${name}.` });
    }
    if (size > limitBytes) throw new OciError({ code: 'limit', message: `${name} of ${this.description} is larger than ${limitBytes} bytes.` });
    return await files.read(name, size);
  }

  #notFound(index: ImageIndex, tag: string | undefined): OciError {
    const names = [...namesOf(index.manifests ?? [])].slice(0, 20).join(', ');
    const message = tag === undefined ? `${this.description} holds no image.` : `${this.description} holds no image of that name${names === '' ? '' : `; it has ${names}`}.`;
    return new OciError({ code: 'not-found', message });
  }

  #ambiguous(index: ImageIndex): OciError {
    const names = [...namesOf(index.manifests ?? [])].slice(0, 20).join(', ');
    return new OciError({ code: 'not-found', message: `${this.description} holds several images; name one of ${names}.` });
  }
}

const tagAnnotation = 'org.opencontainers.image.ref.name';
/** Written by containerd and Docker 25 beside the bare tag. */
const fullNameAnnotation = 'io.containerd.image.name';

function isNamed({ annotations }: Descriptor, tag: string): boolean {
  const name = annotations?.[tagAnnotation];
  const fullName = annotations?.[fullNameAnnotation];
  return [name, fullName].some((saved) => saved !== undefined && isImageNamed(saved, tag));
}

function namesOf(entries: readonly Descriptor[]): ReadonlySet<string> {
  const names = entries.map(({ annotations }) => annotations?.[fullNameAnnotation] ?? annotations?.[tagAnnotation]);
  return new Set(names.filter((name) => name !== undefined));
}

/** A digest holds nothing but hexadecimal characters, so the name cannot leave the layout. */
function blobName(digest: Digest): string {
  return `blobs/sha256/${digest.slice('sha256:'.length)}`;
}

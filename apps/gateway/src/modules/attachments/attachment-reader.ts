import { type AttachedDocument, type AttachmentList, OciError, parseDigest } from '@esscm/oci-client';
import { type AttachedImage, ManifestReader, type PluginHost, type PluginRegistry, RegistryError, registryHostOf } from '@esscm/registry-core';
import type { ConnectionRecord, Store } from '@esscm/store';
import type { CallPaces } from '../registry/call-paces.js';
import type { RegistryAccess } from '../registry/registry-access.js';
import { maximumDocumentBytes } from './attached-payload.js';

interface AttachmentReaderOptions {
  readonly store: Pick<Store, 'images' | 'contents' | 'connections'>;
  readonly plugins: Pick<PluginRegistry, 'get'>;
  readonly access: RegistryAccess;
  readonly paces: CallPaces;
  readonly hostFor: (target: { readonly sample: boolean }) => PluginHost;
}

/** A tracked image with a result, and where its registry is. */
export interface ScannedImage extends AttachedImage {
  readonly connection: ConnectionRecord;
}

const timeoutMs = 25_000;

/** What registries keep beside tracked images. Asked for each time: it can change while the image does not. */
export class AttachmentReader {
  readonly #options: AttachmentReaderOptions;

  constructor(options: AttachmentReaderOptions) {
    this.#options = options;
  }

  /** Undefined when the organisation has no such image; `unscanned` before its first result, which says its digest. */
  async find(organizationId: string, imageId: string): Promise<ScannedImage | 'unscanned' | undefined> {
    const { store } = this.#options;
    const image = await store.images.find(organizationId, imageId);
    const connection = image === undefined ? undefined : await store.connections.find(organizationId, image.connectionId);
    if (image === undefined || connection === undefined) return undefined;
    const content = image.contentId === undefined ? undefined : await store.contents.find(organizationId, image.contentId);
    if (content === undefined) return 'unscanned';
    const digest = parseDigest(content.digest);
    return { connection, repository: image.repository, registryHost: registryHostOf(image.name), digest, reference: image.pinnedDigest ?? image.tag ?? digest };
  }

  /** @throws RegistryError, of kind `unsupported` when the registry does not list attachments */
  async list(image: ScannedImage, signal: AbortSignal): Promise<AttachmentList> {
    return this.#with(image, signal, (reader) => reader.attachments(image));
  }

  /** The verified bytes of a document, when it is attached to the image: nothing else of the repository is given out. @throws RegistryError */
  async read(
    image: ScannedImage,
    digest: string,
    { signal, accepts }: { readonly signal: AbortSignal; readonly accepts: (document: AttachedDocument) => boolean },
  ): Promise<{ readonly document: AttachedDocument; readonly bytes: Buffer } | 'refused' | undefined> {
    return this.#with(image, signal, async (reader) => {
      const { entries } = await reader.attachments(image);
      const document = entries.flatMap(({ documents }) => documents).find((candidate) => candidate.digest === digest);
      if (document === undefined) return undefined;
      return accepts(document) ? { document, bytes: await reader.document(image, document, maximumDocumentBytes) } : 'refused';
    });
  }

  async #with<Result>({ connection }: ScannedImage, gone: AbortSignal, ask: (reader: ManifestReader) => Promise<Result>): Promise<Result> {
    const { access, paces, hostFor } = this.#options;
    this.#requireReferrers(connection);
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = AbortSignal.any([gone, timeout]);
    const pace = paces.of(connection.id);
    try {
      await using registry = await access.open({ kind: 'connection', record: connection });
      const host = hostFor({ sample: connection.sample });
      return await ask(new ManifestReader({ connection: registry, host, signal, turn: (waiting) => pace.turn(waiting), onRequest: () => pace.made(1) }));
    } catch (error) {
      if (timeout.aborted) throw new RegistryError({ kind: 'unreachable', heading: 'The registry is slow', message: 'What is attached to this image could not be read in 25 seconds.', cause: error });
      if (!(error instanceof OciError)) throw error;
      throw new RegistryError({ kind: 'protocol', heading: 'Attachments cannot be read', message: error.message, cause: error });
    }
  }

  #requireReferrers({ pluginId, variantId }: ConnectionRecord): void {
    const variant = this.#options.plugins.get(pluginId)?.description.variants.find(({ id }) => id === variantId);
    if (variant?.capabilities.referrers === true) return;
    throw new RegistryError({ kind: 'unsupported', heading: 'This registry does not list attachments', message: 'Signatures, attestations and SBOMs beside an image cannot be asked for here.' });
  }
}

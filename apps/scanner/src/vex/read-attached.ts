import { OciError, parseDigest, type AttachedDocument } from '@esscm/oci-client';
import { ManifestReader, RegistryError, type PluginHost, type PluginRegistry } from '@esscm/registry-core';
import { maximumVexBytes, readVexContent, vexFailure, type VexContent } from '@esscm/scan-engine/vex';
import type { ConnectionRecord, Store, TrackedImageRecord, VexFailureRecord, VexReadingTarget } from '@esscm/store';
import { VulnerabilitiesError } from '@esscm/vulnerabilities';
import type { Logger } from 'pino';
import { openConnection } from '../images/open-connection.js';

export interface ReadAttachedDependencies {
  readonly store: Pick<Store, 'connections' | 'images' | 'contents' | 'vex'>;
  readonly plugins: Pick<PluginRegistry, 'get'>;
  readonly host: (connection: ConnectionRecord) => PluginHost;
  readonly clock: { now(): Date };
  readonly log: Logger;
}

const dayMs = 24 * 3_600_000;
const retryMs = 3_600_000;
const timeoutMs = 60_000;
const internal: VexFailureRecord = { code: 'internal', message: 'Something failed while attachments were read.', remedy: 'The log of the server has the cause; it is tried again.' };
/** Beyond these an image has more attached to it than anyone judged. */
const limits = { documents: 50, bytes: 64 * 1024 * 1024 };
/** Media types of documents, envelopes and bundles; not of images and archives. */
const isDocument = /json|vex|csaf|in-toto|dsse|sigstore|cyclonedx/i;

/**
 * Reads the VEX documents attached to an image in its registry and keeps them in place of those read before. A registry that does
 * not answer changes nothing, and is asked again later.
 */
export async function readAttached(dependencies: ReadAttachedDependencies, target: VexReadingTarget, signal: AbortSignal): Promise<void> {
  const { store, clock, log } = dependencies;
  const later = (ms: number): Date => new Date(clock.now().getTime() + ms);
  try {
    const found = await read(dependencies, target, AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]));
    if (found !== undefined) await store.vex.recordReading(target, { documents: found }, later(dayMs));
  } catch (error) {
    signal.throwIfAborted();
    const failure = failureOf(error) ?? internal;
    log.warn({ imageId: target.imageId, code: failure.code, ...(failure === internal && { err: error }) }, 'what is attached to an image could not be read');
    await store.vex.recordReading(target, { failure }, later(retryMs));
  }
}

type Found = VexContent & { readonly name: string; readonly location: string };

async function read(dependencies: ReadAttachedDependencies, { organizationId, imageId, contentId }: VexReadingTarget, signal: AbortSignal): Promise<readonly Found[] | undefined> {
  const { store, plugins, host } = dependencies;
  const image = await store.images.find(organizationId, imageId);
  const connection = image === undefined ? undefined : await store.connections.find(organizationId, image.connectionId);
  const content = await store.contents.find(organizationId, contentId);
  // Deleted in this moment, or pointed at another content.
  if (image === undefined || connection === undefined || content === undefined || image.contentId !== contentId) return undefined;
  const variant = plugins.get(connection.pluginId)?.description.variants.find(({ id }) => id === connection.variantId);
  if (variant?.capabilities.referrers !== true) return [];
  const pluginHost = host(connection);
  await using registry = await openConnection({ store, plugins }, connection, pluginHost);
  const reader = new ManifestReader({ connection: registry, host: pluginHost, signal });
  const digest = parseDigest(content.digest);
  const attached = { repository: image.repository, registryHost: hostOf(image), digest, reference: image.pinnedDigest ?? image.tag ?? digest };
  const { entries } = await reader.attachments(attached);
  const found: Found[] = [];
  let bytes = 0;
  for (const entry of entries) {
    for (const document of entry.documents.filter(mayBeVex)) {
      if (found.length >= limits.documents || bytes + document.sizeBytes > limits.bytes) continue;
      bytes += document.sizeBytes;
      const location = `${image.name}@${entry.digest}`;
      const vex = vexOf(await reader.document(attached, document, maximumVexBytes), location, entry.attachedTo);
      if (vex !== undefined) found.push({ ...vex, name: `${vex.format} attached to ${image.name}${image.tag === undefined ? '' : `:${image.tag}`}`, location });
    }
  }
  return found;
}

function mayBeVex({ mediaType, sizeBytes }: AttachedDocument): boolean {
  return isDocument.test(mediaType) && sizeBytes <= maximumVexBytes;
}

/** Signatures and SBOMs are attached too. Whom it is about its registry says, not the subjects an author lists. */
function vexOf(bytes: Buffer, location: string, attachedTo: string): VexContent | undefined {
  try {
    return { ...readVexContent(bytes, { location }), attachedTo: [attachedTo] };
  } catch (error) {
    if (error instanceof VulnerabilitiesError) return undefined;
    throw error;
  }
}

function failureOf(error: unknown): VexFailureRecord | undefined {
  if (error instanceof RegistryError) return { code: error.kind, message: error.message, remedy: error.remedy ?? 'Check the connection.' };
  if (error instanceof OciError) return vexFailure(error);
  return error instanceof DOMException && error.name === 'TimeoutError' ? { code: 'unreachable', message: 'The registry took longer than a minute.', remedy: 'It is asked again later.' } : undefined;
}

/** The name of an image is its registry's host and its repository. */
function hostOf({ name, repository }: TrackedImageRecord): string {
  return name.slice(0, -(repository.length + 1));
}

import { createRegistryImageSource, formatPlatform, OciError, RegistryClient, type Digest, type RegistryClientOptions } from '@esscm/oci-client';
import {
  InvalidReferenceError,
  type ListOptions,
  type PluginHost,
  type PluginRegistry,
  pullClientOptions,
  RegistryError,
  type RegistryErrorKind,
  type RegistryPlugin,
  type RegistryReference,
} from '@esscm/registry-core';
import { registryProblem, validationProblem } from '../../graphql/problems.js';
import type { RegistryProblem, ValidationProblem } from '../../graphql/problem.type.js';
import type { RequestContext } from '../../request-context.js';
import type { CallPaces } from './call-paces.js';
import type { RegistryListings } from './registry-listings.js';
import type { ReferenceTags } from './reference-tags.type.js';
import type { ResolvedReference } from './resolved-reference.type.js';
import { TagList } from './tag-list.js';

interface ReferenceServiceOptions {
  readonly plugins: Pick<PluginRegistry, 'get'>;
  readonly hostFor: (target: { readonly sample: boolean }) => PluginHost;
  readonly listings: RegistryListings;
  readonly paces: CallPaces;
}

const timeoutMs = 20_000;
/** Somebody waits: a turn that comes later is said to, and asked for again. */
const longestWaitMs = 5_000;
const maximumTags = 200;
/** Of one index; official images have about ten. */
const maximumPlatforms = 40;

/** Reading references as typed, and asking the registry what is behind them. */
export class ReferenceService {
  readonly #options: ReferenceServiceOptions;

  constructor(options: ReferenceServiceOptions) {
    this.#options = options;
  }

  async resolve(
    context: RequestContext,
    input: { readonly plugin: string; readonly variant: string; readonly reference: string },
  ): Promise<ResolvedReference | ValidationProblem | RegistryProblem> {
    const refuse = (message: string) => validationProblem(context, [{ field: 'reference', message }]);
    const plugin = this.#options.plugins.get(input.plugin);
    const variant = plugin?.description.variants.find(({ id }) => id === input.variant);
    if (plugin === undefined || variant === undefined) return validationProblem(context, [{ field: 'plugin', message: 'This plugin is not installed.' }]);
    if (!variant.capabilities.anonymous) return refuse(`References of ${variant.name} cannot be resolved without a connection.`);
    let reference: RegistryReference;
    try {
      reference = plugin.parseReference(variant.id, input.reference);
    } catch (error) {
      if (error instanceof InvalidReferenceError) return refuse(error.message);
      throw error;
    }
    const signal = AbortSignal.any([context.signal, AbortSignal.timeout(timeoutMs)]);
    try {
      const host = this.#options.hostFor({ sample: false });
      await using registry = plugin.connect(plugin.configure({ variantId: variant.id, values: {} }), host);
      const access = await registry.pullAccess(reference.repository, { signal, registryHost: reference.host });
      const { repository } = reference;
      const options = pullClientOptions({ connection: registry, repository, access, host, longestWaitMs });
      // Where each manifest takes its turn, only that of the platform that is scanned by default is looked into.
      const notes = access.notice === undefined ? reference.notes : [...reference.notes, access.notice];
      return await readReference(options, { ...reference, notes }, access.manifestRate === undefined ? maximumPlatforms : 1, signal);
    } catch (error) {
      if (error instanceof RegistryError) return registryProblem(context, error);
      if (!(error instanceof OciError)) throw error;
      if (error.code === 'not-found') return refuse(missing(reference, error));
      return registryProblem(context, translate(error));
    }
  }

  /** Names of the tags of a repository, sorted, at most as many as are asked for. */
  async tags(
    context: RequestContext,
    input: { readonly plugin: string; readonly variant: string; readonly reference: string; readonly search: string; readonly first: number },
  ): Promise<ReferenceTags | ValidationProblem | RegistryProblem> {
    const refuse = (message: string) => validationProblem(context, [{ field: 'reference', message }]);
    const plugin = this.#options.plugins.get(input.plugin);
    const variant = plugin?.description.variants.find(({ id }) => id === input.variant);
    if (plugin === undefined || variant === undefined) return validationProblem(context, [{ field: 'plugin', message: 'This plugin is not installed.' }]);
    if (variant.capabilities.tagNames !== true) return refuse(`Tags of ${variant.name} cannot be listed without a connection.`);
    if (!(input.first >= 1 && input.first <= maximumTags)) return validationProblem(context, [{ field: 'first', message: `\`first\` is 1 to ${maximumTags}.` }]);
    try {
      const { host, repository } = plugin.parseReference(variant.id, input.reference);
      const { listings, paces } = this.#options;
      const listing = await listings.get<string, TagList>(`tags ${input.plugin} ${variant.id} ${host}/${repository}`, {
        refresh: false,
        signal: AbortSignal.any([context.signal, AbortSignal.timeout(timeoutMs)]),
        body: () => new TagList(),
        meter: paces.of(`${input.plugin} ${variant.id}`),
        read: (options) => this.#readTags(plugin, variant.id, repository, options),
      });
      const found = listing.body.find(input.search);
      return { name: `${host}/${repository}`, tags: found.slice(0, input.first), totalCount: found.length, complete: listing.complete };
    } catch (error) {
      if (error instanceof InvalidReferenceError) return refuse(error.message);
      if (error instanceof RegistryError) return registryProblem(context, error);
      throw error;
    }
  }

  async *#readTags(plugin: RegistryPlugin, variantId: string, repository: string, options: ListOptions): AsyncGenerator<readonly string[], void, undefined> {
    await using registry = plugin.connect(plugin.configure({ variantId, values: {} }), this.#options.hostFor({ sample: false }));
    yield* registry.listTagNames?.(repository, options) ?? [];
  }
}

async function readReference(options: RegistryClientOptions, reference: RegistryReference, measured: number, signal: AbortSignal): Promise<ResolvedReference> {
  const { repository, tag, digest, text, notes } = reference;
  await using client = new RegistryClient(options);
  const root = await client.manifest(repository, digest ?? tag ?? 'latest', signal);
  await using source = createRegistryImageSource({ client, repository, reference: root.digest });
  const images = (await source.platforms(signal)).slice(0, maximumPlatforms);
  const platforms = await Promise.all(
    images.map(async (image, index) => ({
      platform: formatPlatform(image.platform),
      digest: image.digest,
      sizeBytes: index < measured ? await layerBytes(client, repository, image.digest, signal) : undefined,
    })),
  );
  return { text, name: `${reference.host}/${repository}`, repository, tag, digest: root.digest, notes, platforms };
}

async function layerBytes(client: RegistryClient, repository: string, digest: Digest, signal: AbortSignal): Promise<number> {
  const document = await client.manifest(repository, digest, signal);
  return document.kind === 'manifest' ? (document.manifest.layers ?? []).reduce((sum, layer) => sum + layer.size, 0) : 0;
}

function missing({ repository, tag, digest, host }: RegistryReference, error: OciError): string {
  if (error.upstreamCode === 'NAME_UNKNOWN') return `There is no repository ${repository} in ${host}.`;
  if (digest !== undefined) return `No image with this digest in ${repository}.`;
  return `No image with tag \`${tag ?? 'latest'}\` in ${repository}.`;
}

const kindOfCode = {
  unauthorized: 'access-denied',
  denied: 'access-denied',
  'not-found': 'not-found',
  throttled: 'throttled',
  unreachable: 'unreachable',
  blocked: 'unreachable',
  integrity: 'protocol',
  protocol: 'protocol',
  unsupported: 'unsupported',
  limit: 'unsupported',
  cancelled: 'cancelled',
} as const satisfies Record<OciError['code'], RegistryErrorKind>;

const headingOfKind: Partial<Record<RegistryErrorKind, string>> = {
  'access-denied': 'Access denied',
  throttled: 'The registry is limiting requests',
  unreachable: 'Cannot reach the registry',
  cancelled: 'Cannot reach the registry',
  unsupported: 'Not an image that can be scanned',
};

function translate(error: OciError): RegistryError {
  const kind = kindOfCode[error.code];
  const { status, upstreamCode, upstreamMessage, requestId, host } = error;
  return new RegistryError({
    kind,
    heading: headingOfKind[kind] ?? 'The registry gave an answer that cannot be used',
    message: error.message,
    ...(error.retryAfterMs !== undefined && { retryAfterMs: error.retryAfterMs }),
    upstream: {
      ...(status !== undefined && { status }),
      ...(upstreamCode !== undefined && { code: upstreamCode }),
      ...(upstreamMessage !== undefined && { message: upstreamMessage }),
      ...(requestId !== undefined && { requestId }),
      ...(host !== undefined && { host }),
    },
    cause: error,
  });
}

import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { anonymousAuthentication, type AuthenticationSource } from './authentication.js';
import { systemClock, type Clock } from './clock.js';
import { digestOf, isDigest, type Digest } from './digest.js';
import { OciError } from './errors.js';
import { createDialPolicy, type DialPolicy } from './guarded-dialer.js';
import { defaultLimits, type OciLimits } from './limits.js';
import { readManifestDocument, type ManifestDocument } from './manifest-document.js';
import { acceptedManifests, bareMediaType } from './media-types.js';
import { collect } from './read-body.js';
import { isRepositoryName, isTag } from './reference.js';
import { listCatalog, listReferrers, listTags, type Referrer } from './registry-lists.js';
import { RegistrySession, type RegistryRequest, type RequestEvent } from './registry-session.js';
import { VerifiedStream, type BlobBytes } from './verified-stream.js';

export interface RegistryClientOptions {
  /** As in references, with the port if any. `docker.io` is asked at `registry-1.docker.io`. */
  readonly host: string;
  /** Another origin to connect to, such as `http://127.0.0.1:4510`; `host` stays the name that is asked for. */
  readonly connectTo?: string;
  /** Speak http to `host`. Off by default. */
  readonly plainHttp?: boolean;
  /** Anonymous by default. */
  readonly authentication?: AuthenticationSource;
  /** Guards every connection, redirects and token services too. Public addresses only by default. */
  readonly dialer?: DialPolicy;
  readonly limits?: Partial<OciLimits>;
  /** Product and version. */
  readonly userAgent?: string;
  readonly clock?: Clock;
  /** Waited for before each request for a manifest, for registries that limit their rate. What it throws the request throws: an `OciError`. */
  readonly manifestPace?: (signal: AbortSignal) => Promise<void>;
  /** Called once an answered exchange; must not throw. */
  readonly onRequest?: (event: RequestEvent) => void;
}

/** What is needed to open and verify a blob. */
export interface BlobDescriptor {
  readonly digest: Digest;
  readonly sizeBytes: number;
}

/** What a registry says of a manifest. */
export interface ManifestDescription {
  readonly digest: Digest;
  readonly mediaType: string;
}

export interface ListPagesOptions {
  readonly signal: AbortSignal;
  /** Between 1 and 1000, the most that Amazon ECR accepts. 1000 by default. */
  readonly pageSize?: number;
}

/**
 * Reads from one registry by the OCI distribution specification 1.1. All calls may run at the same time and share
 * connections and tokens. Failures are `OciError`s. The owner disposes it, which closes its connections.
 */
export class RegistryClient implements AsyncDisposable {
  readonly host: string;
  readonly limits: OciLimits;
  readonly #session: RegistrySession;
  readonly #clock: Clock;

  /** @throws OciError of code `protocol` when `host` or `connectTo` cannot be part of a URL */
  constructor(options: RegistryClientOptions) {
    this.host = options.host;
    this.limits = { ...defaultLimits, ...options.limits };
    this.#clock = options.clock ?? systemClock;
    const { connectTo, manifestPace, onRequest } = options;
    this.#session = new RegistrySession({
      host: serviceHost(options.host),
      plainHttp: options.plainHttp ?? false,
      authentication: options.authentication ?? anonymousAuthentication,
      dialer: options.dialer ?? createDialPolicy(),
      limits: this.limits,
      userAgent: options.userAgent ?? 'esscm',
      clock: this.#clock,
      ...(connectTo === undefined ? {} : { connectTo: connectionOrigin(connectTo) }),
      ...(manifestPace === undefined ? {} : { pace: manifestPace }),
      ...(onRequest === undefined ? {} : { onRequest }),
    });
  }

  /** Asks for the registry's base address: proves the connection and the credential, no permission on a repository. */
  async ping(signal: AbortSignal): Promise<void> {
    await this.#session.document(
      { url: this.#session.url('/v2/'), scope: '', subject: 'its base address' },
      64 * 1024,
      signal,
    );
  }

  /** The raw bytes of a manifest or index by tag or digest. The digest is computed here and checked against what was asked and answered. */
  async manifest(repository: string, reference: string, signal: AbortSignal): Promise<ManifestDocument> {
    const byDigest = isDigest(reference);
    if (!byDigest && !isTag(reference)) throw notSendable(this.host, 'tag or digest');
    const subject = `manifest ${repository}${byDigest ? '@' : ':'}${reference}`;
    const answer = await this.#session.document(
      { ...this.#request(repository, `manifests/${reference}`, subject), paced: true, headers: { accept: acceptedManifests } },
      this.limits.manifestBytes,
      signal,
    );
    const digest = digestOf(answer.body);
    const stated = answer.headers['docker-content-digest'];
    const statedOtherwise = typeof stated === 'string' && isDigest(stated) && stated !== digest;
    if ((byDigest && digest !== reference) || statedOtherwise) {
      throw new OciError({ code: 'integrity', message: `The ${subject} has the digest ${digest}.`, host: this.host, retryable: false });
    }
    return readManifestDocument(answer.body, answer.headers['content-type'], subject);
  }

  /**
   * Digest and media type of a manifest or index by tag, without its bytes: what is cheap to ask of many tags, and what Docker
   * Hub does not count as a pull. The digest is the registry's word, not computed here. Undefined when the registry does not
   * say it in an answer to HEAD.
   */
  async describeManifest(repository: string, tag: string, signal: AbortSignal): Promise<ManifestDescription | undefined> {
    if (!isTag(tag)) throw notSendable(this.host, 'tag');
    const { headers } = await this.#session.document(
      { ...this.#request(repository, `manifests/${tag}`, `manifest ${repository}:${tag}`), method: 'HEAD', paced: true, headers: { accept: acceptedManifests } },
      this.limits.manifestBytes,
      signal,
    );
    const digest = headers['docker-content-digest'];
    return typeof digest === 'string' && isDigest(digest) ? { digest, mediaType: bareMediaType(headers['content-type']) } : undefined;
  }

  /**
   * The bytes of a blob as stored. Fulfils once the registry has answered, so that a missing blob rejects here; see
   * `ImageLayer.open` for how the stream ends.
   */
  async openBlob(repository: string, blob: BlobDescriptor, signal: AbortSignal): Promise<Readable> {
    const subject = `blob ${blob.digest} of ${repository}`;
    if (!Number.isSafeInteger(blob.sizeBytes) || blob.sizeBytes > this.limits.layerBytes) {
      throw new OciError({ code: 'limit', message: `The ${subject} is larger than ${this.limits.layerBytes} bytes.`, host: this.host });
    }
    const request = this.#request(repository, `blobs/${blob.digest}`, subject);
    let rangesWork = true;
    const open = async (offset: number, openSignal: AbortSignal): Promise<BlobBytes> => {
      if (offset > 0 && rangesWork) {
        const headers = { range: `bytes=${offset}-` };
        const response = await this.#session.open({ ...request, headers, accepts: [206, 416] }, openSignal);
        if (response.statusCode !== 416) return this.#blobBytes(response, blob, offset, subject);
        response.on('error', () => undefined).destroy();
        rangesWork = false;
      }
      return this.#blobBytes(await this.#session.open(request, openSignal), blob, 0, subject);
    };
    return new VerifiedStream({
      digest: blob.digest,
      sizeBytes: blob.sizeBytes,
      first: await open(0, signal),
      signal,
      subject,
      host: this.host,
      resume: { reopen: open, attempts: this.limits.attempts, clock: this.#clock },
    });
  }

  /** A small blob, such as a configuration, whole and verified. */
  async readBlob(repository: string, blob: BlobDescriptor, limitBytes: number, signal: AbortSignal): Promise<Buffer> {
    if (blob.sizeBytes > limitBytes) {
      const message = `The blob ${blob.digest} of ${repository} is larger than ${limitBytes} bytes.`;
      throw new OciError({ code: 'limit', message, host: this.host });
    }
    return await collect(await this.openBlob(repository, blob, signal));
  }

  /** The tags of a repository, one upstream page an element, in the registry's order, which may be none. */
  tags(repository: string, options: ListPagesOptions): AsyncIterable<readonly string[]> {
    return listTags(this.#session, this.#request(repository, 'tags/list', `the tags of ${repository}`), options);
  }

  /** The names of all repositories this credential may list. Many registries refuse this. */
  repositories(options: ListPagesOptions): AsyncIterable<readonly string[]> {
    const request = { url: this.#session.url('/v2/_catalog'), scope: 'registry:catalog:*', subject: 'its list of repositories' };
    return listCatalog(this.#session, request, options);
  }

  /** What is attached to a manifest, of one artefact type or of all. Registries without the referrers API are asked for its tag. */
  async referrers(
    repository: string,
    digest: Digest,
    options: { readonly artifactType?: string; readonly signal: AbortSignal },
  ): Promise<readonly Referrer[]> {
    const subject = `the referrers of ${repository}@${digest}`;
    const found = await listReferrers(
      this.#session,
      {
        api: this.#request(repository, `referrers/${digest}`, subject),
        fallback: this.#request(repository, `manifests/${digest.replace(':', '-')}`, subject),
      },
      this.limits.manifestBytes,
      options,
    );
    return found;
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#session[Symbol.dispose]();
    return Promise.resolve();
  }

  #request(repository: string, path: string, subject: string): RegistryRequest {
    if (!isRepositoryName(repository)) throw notSendable(this.host, 'repository name');
    return { url: this.#session.url(`/v2/${repository}/${path}`), scope: `repository:${repository}:pull`, subject };
  }

  #blobBytes(response: IncomingMessage, blob: BlobDescriptor, asked: number, subject: string): BlobBytes {
    const startsAt = response.statusCode === 206 ? rangeStart(response.headers['content-range']) : 0;
    const length = response.headers['content-length'];
    const fits = length === undefined || Number(length) === blob.sizeBytes - (startsAt ?? 0);
    if (startsAt !== undefined && startsAt <= asked && fits) return { stream: response, startsAt };
    response.on('error', () => undefined).destroy();
    throw startsAt === undefined || startsAt > asked
      ? new OciError({ code: 'protocol', message: `${this.host} answered another range of the ${subject}.`, host: this.host })
      : new OciError({
          code: 'integrity',
          message: `The ${subject} has ${Number(length) + startsAt} bytes, not the ${blob.sizeBytes} promised.`,
          host: this.host,
          retryable: false,
        });
  }
}

/** Docker Hub answers at another name than the one in references. */
function serviceHost(host: string): string {
  const hub = host === 'docker.io' || host === 'index.docker.io';
  if (hub) return 'registry-1.docker.io';
  const wellFormed = /^(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?$/.test(host) && URL.canParse(`https://${host}`);
  if (wellFormed) return host.toLowerCase();
  throw new OciError({ code: 'protocol', message: 'The registry host is not a host name with an optional port.' });
}

function connectionOrigin(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && (url.protocol === 'http:' || url.protocol === 'https:') && url.pathname === '/' && url.username === '') return url;
  throw new OciError({ code: 'protocol', message: 'The address to connect to is not an origin, such as http://127.0.0.1:4510.' });
}

function rangeStart(header: string | undefined): number | undefined {
  const start = /^bytes (\d{1,15})-/.exec(header ?? '')?.[1];
  return start === undefined ? undefined : Number(start);
}

function notSendable(host: string, what: string): OciError {
  return new OciError({ code: 'protocol', message: `The ${what} has characters that may not stand in a registry address.`, host });
}

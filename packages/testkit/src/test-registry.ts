import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { sendBlob } from './blob-answer.js';
import type { BuiltContent, Descriptor, StoredManifest } from './built-content.js';
import { sendBytes, sendError, sendJson } from './registry-answers.js';
import { RegistryAuthentication } from './registry-authentication.js';
import { wellBehaved, type RegistryBehaviour } from './registry-behaviour.js';

/** A request as it came in, in order of arrival over both origins. */
export interface RecordedRequest {
  readonly origin: 'registry' | 'storage';
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
}

interface Repository {
  readonly manifests: Map<string, StoredManifest>;
  readonly tags: Map<string, string>;
  readonly blobs: Map<string, Buffer>;
  readonly referrers: Map<string, Descriptor[]>;
}

/** A registry on a free loopback port, with a second origin for redirected blobs. Close it with `await using`. */
export class TestRegistry implements AsyncDisposable {
  /** Change it at any time. */
  readonly behaviour: RegistryBehaviour = wellBehaved();
  readonly authentication = new RegistryAuthentication(this.behaviour);
  readonly requests: RecordedRequest[] = [];
  /** Connections opened to either origin so far. */
  connections = 0;
  readonly #repositories = new Map<string, Repository>();
  readonly #registry: Server;
  readonly #storage: Server;

  private constructor() {
    this.#registry = createServer((request, response) => this.#answer('registry', request, response));
    this.#storage = createServer((request, response) => this.#answer('storage', request, response));
    for (const server of [this.#registry, this.#storage]) {
      server.on('connection', () => {
        this.connections += 1;
      });
    }
  }

  static async start(behaviour: Partial<RegistryBehaviour> = {}): Promise<TestRegistry> {
    const registry = new TestRegistry();
    Object.assign(registry.behaviour, behaviour);
    await Promise.all([listen(registry.#registry), listen(registry.#storage)]);
    return registry;
  }

  /** Such as `127.0.0.1:41234`. */
  get host(): string {
    return hostOf(this.#registry);
  }

  get origin(): string {
    return `http://${this.host}`;
  }

  get storageOrigin(): string {
    return `http://${hostOf(this.#storage)}`;
  }

  /** `method path` of every request so far, those to the storage origin marked. */
  get log(): readonly string[] {
    return this.requests.map(({ origin, method, path }) => `${origin === 'storage' ? 'storage ' : ''}${method} ${path}`);
  }

  /** Serves content under a repository and its tags. */
  add(repository: string, content: BuiltContent, { tags = [] }: { readonly tags?: readonly string[] } = {}): this {
    const { manifests, blobs, tags: known } = this.#repository(repository);
    for (const [digest, manifest] of content.manifests) manifests.set(digest, manifest);
    for (const [digest, bytes] of content.blobs) blobs.set(digest, bytes);
    for (const tag of tags) known.set(tag, content.descriptor.digest);
    return this;
  }

  /** Adds an artefact to what the referrers API answers for `subject`. */
  attach(repository: string, subject: Descriptor, artifact: BuiltContent): this {
    this.add(repository, artifact);
    const { referrers } = this.#repository(repository);
    referrers.set(subject.digest, [...(referrers.get(subject.digest) ?? []), artifact.descriptor]);
    return this;
  }

  /** Serves a repository no longer. */
  forget(repository: string): void {
    this.#repositories.delete(repository);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([close(this.#registry), close(this.#storage)]);
  }

  #repository(name: string): Repository {
    const known = this.#repositories.get(name);
    if (known !== undefined) return known;
    const created = { manifests: new Map(), tags: new Map(), blobs: new Map(), referrers: new Map() };
    this.#repositories.set(name, created);
    return created;
  }

  #answer(origin: 'registry' | 'storage', request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', this.origin);
    this.requests.push({
      origin,
      method: request.method ?? '',
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
    });
    if (origin === 'storage') this.#answerStorage(url, request, response);
    else if (this.#misbehaves(request, response)) return;
    else if (url.pathname === '/token') this.authentication.token(request, response);
    else this.#answerRegistry(url, request, response);
  }

  #misbehaves(request: IncomingMessage, response: ServerResponse): boolean {
    const { behaviour } = this;
    if (behaviour.resets > 0) {
      behaviour.resets -= 1;
      request.socket.destroy();
      return true;
    }
    if (behaviour.hangs > 0) {
      behaviour.hangs -= 1;
      return true;
    }
    if (behaviour.throttles > 0) {
      behaviour.throttles -= 1;
      if (behaviour.retryAfter !== undefined) response.setHeader('retry-after', behaviour.retryAfter);
      sendError(response, 429, 'TOOMANYREQUESTS', 'Rate exceeded');
      return true;
    }
    if (behaviour.failures === 0) return false;
    behaviour.failures -= 1;
    sendBytes(response, 503, Buffer.from('<html>Service Unavailable</html>'), 'text/html');
    return true;
  }

  #answerRegistry(url: URL, request: IncomingMessage, response: ServerResponse): void {
    const parts = /^\/v2\/(?:(.+)\/(manifests|blobs|referrers|tags)\/([^/]+)|_catalog)?$/.exec(url.pathname);
    const [, name, kind, last = ''] = parts ?? [];
    const scope = name === undefined ? 'registry:catalog:*' : `repository:${name}:pull`;
    if (!this.authentication.admit(request, response, scope)) return;
    if (request.method !== 'GET' && request.method !== 'HEAD') sendError(response, 405, 'UNSUPPORTED', 'This registry is for reading.');
    else if (parts === null) sendError(response, 404, 'UNSUPPORTED', 'No such address.');
    else if (url.pathname === '/v2/_catalog' && !this.behaviour.catalog) sendError(response, 401, 'UNAUTHORIZED', 'authentication required');
    else if (url.pathname === '/v2/_catalog') this.#sendPage(url, response, 'repositories', [...this.#repositories.keys()]);
    else if (name === undefined) sendJson(response, 200, {});
    else if (this.behaviour.denies) sendError(response, 403, 'DENIED', 'requested access to the resource is denied');
    else this.#answerRepository(name, kind, last, url, request, response);
  }

  #answerRepository(name: string, kind: string | undefined, last: string, url: URL, request: IncomingMessage, response: ServerResponse): void {
    const repository = this.#repositories.get(name);
    if (repository === undefined) {
      sendError(response, 404, 'NAME_UNKNOWN', `The repository with name '${name}' does not exist in the registry with id '123456789012'`);
    } else if (kind === 'tags') this.#sendPage(url, response, 'tags', [...repository.tags.keys()]);
    else if (kind === 'manifests') this.#sendManifest(repository, last, response);
    else if (kind === 'referrers') this.#sendReferrers(repository, last, url, response);
    else this.#sendBlob(repository, last, url, request, response);
  }

  #sendManifest(repository: Repository, reference: string, response: ServerResponse): void {
    const digest = repository.tags.get(reference) ?? reference;
    const manifest = repository.manifests.get(digest);
    if (manifest === undefined) {
      sendError(response, 404, 'MANIFEST_UNKNOWN', 'Requested image not found');
      return;
    }
    const { contentDigest, corruptManifests } = this.behaviour;
    if (contentDigest !== 'absent') {
      response.setHeader('docker-content-digest', contentDigest === 'right' ? digest : `sha256:${'0'.repeat(64)}`);
    }
    const bytes = corruptManifests ? Buffer.concat([manifest.bytes, Buffer.from(' ')]) : manifest.bytes;
    sendBytes(response, 200, bytes, manifest.mediaType);
  }

  #sendReferrers(repository: Repository, digest: string, url: URL, response: ServerResponse): void {
    if (!this.behaviour.referrers) {
      sendBytes(response, 404, Buffer.from('404 page not found'), 'text/plain');
      return;
    }
    const all = repository.referrers.get(digest) ?? [];
    const start = Number(url.searchParams.get('page') ?? '0');
    const end = start + this.behaviour.pageSize;
    if (end < all.length) response.setHeader('link', `<${url.pathname}?page=${end}>; rel="next"`);
    const body = { schemaVersion: 2, mediaType: ociIndex, manifests: all.slice(start, end) };
    sendJson(response, 200, body, ociIndex);
  }

  #sendBlob(repository: Repository, digest: string, url: URL, request: IncomingMessage, response: ServerResponse): void {
    const blob = repository.blobs.get(digest);
    if (blob === undefined) sendError(response, 404, 'BLOB_UNKNOWN', 'blob unknown to registry');
    else if (this.behaviour.redirectBlobs) {
      const location = this.behaviour.redirectTo ?? `${this.storageOrigin}${url.pathname}?X-Amz-Signature=signature-of-test`;
      response.writeHead(307, { location, 'content-length': 0 }).end();
    } else sendBlob(request, response, blob, this.behaviour);
  }

  #answerStorage(url: URL, request: IncomingMessage, response: ServerResponse): void {
    const [, name = '', digest = ''] = /^\/v2\/(.+)\/blobs\/([^/]+)$/.exec(url.pathname) ?? [];
    const blob = this.#repositories.get(name)?.blobs.get(digest);
    if (request.headers.authorization !== undefined) {
      sendBytes(response, 400, Buffer.from('<Error><Code>InvalidArgument</Code><Message>Only one auth mechanism allowed</Message></Error>'), 'application/xml');
    } else if (blob === undefined || !url.searchParams.has('X-Amz-Signature')) {
      sendBytes(response, 403, Buffer.from('<Error><Code>AccessDenied</Code></Error>'), 'application/xml');
    } else sendBlob(request, response, blob, this.behaviour);
  }

  /** `last` is a number in disguise: as with Amazon ECR it is no tag. */
  #sendPage(url: URL, response: ServerResponse, field: 'tags' | 'repositories', all: readonly string[]): void {
    const asked = Number(url.searchParams.get('n') ?? '100');
    if (asked > 1000) {
      sendError(response, 405, 'UNSUPPORTED', "Invalid parameter at 'maxResults' failed to satisfy constraint: 'Member must have value less than or equal to 1000'");
      return;
    }
    const size = Math.min(asked, this.behaviour.pageSize);
    const start = Number(Buffer.from(url.searchParams.get('last') ?? '', 'base64url').toString());
    if (start + size < all.length) {
      const last = Buffer.from(String(start + size)).toString('base64url');
      response.setHeader('link', `<${this.behaviour.nextPageOrigin ?? ''}${url.pathname}?last=${last}&n=${asked}>; rel="next"`);
    }
    const items = all.slice(start, start + size);
    const body = field === 'tags' ? { name: url.pathname.slice('/v2/'.length, -'/tags/list'.length), tags: items } : { repositories: items };
    sendJson(response, 200, body, 'text/plain; charset=utf-8');
  }
}

const ociIndex = 'application/vnd.oci.image.index.v1+json';

function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function hostOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The test registry is not listening.');
  return `127.0.0.1:${address.port}`;
}

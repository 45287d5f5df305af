import type { Page } from '../content/page.js';
import { OCI_INDEX } from '../content/media-types.js';
import type { OutgoingAnswer } from '../http/exchange.js';
import { RegistryError } from './registry-error.js';
import { API_VERSION_HEADER, type RegistrySession } from './registry-session.js';

const REFERRERS_PER_PAGE = 50;

function pageSize(session: RegistrySession): number {
  const text = session.request.query.get('n') ?? '';
  if (text === '') return 100;
  const size = Number(text);
  if (!Number.isInteger(size) || size < 1 || size > 1_000) {
    const bound = size > 1_000 ? 'less than or equal to 1000' : 'greater than or equal to 1';
    throw new RegistryError(405, 'UNSUPPORTED', `Invalid parameter at 'maxResults' failed to satisfy constraint: 'Member must have value ${bound}'`);
  }
  return size;
}

function nextLink(session: RegistrySession, parameters: Readonly<Record<string, string>>, nextToken: string | undefined): Readonly<Record<string, string>> {
  if (nextToken === undefined) return {};
  const query = new URLSearchParams({ last: nextToken, ...parameters });
  return { Link: `<${session.clientOrigin}${session.request.path}?${query.toString()}>; rel="next"` };
}

function requirePage<Item>(page: Page<Item> | undefined): Page<Item> {
  if (page === undefined) throw new RegistryError(405, 'UNSUPPORTED', "Invalid parameter at 'nextToken' failed to satisfy constraint: 'Invalid next token'");
  return page;
}

/** `tags/list`: in no order, 100 unless asked, with an absolute link whose `last` is not a tag. */
export function answerTags(session: RegistrySession, name: string): OutgoingAnswer {
  const size = pageSize(session);
  const repository = session.open(name, 'ListImages');
  const pullable = repository.tags.filter(([, digest]) => repository.image(digest)?.archived === false);
  const page = requirePage(
    session.state.pager.page(pullable, ([tag]) => tag, {
      query: `tags ${session.visibility} ${name}`,
      token: session.request.query.get('last') ?? undefined,
      size,
    }),
  );
  return {
    status: 200,
    headers: { ...API_VERSION_HEADER, 'Content-Type': 'text/plain; charset=utf-8', ...nextLink(session, { n: String(size) }, page.nextToken) },
    body: JSON.stringify({ name, tags: page.items.map(([tag]) => tag) }),
  };
}

/** `_catalog` of the private registry. The permission was checked by the caller. */
export function answerCatalog(session: RegistrySession): OutgoingAnswer {
  const size = pageSize(session);
  const page = requirePage(
    session.state.pager.page(session.place === 'public' ? [] : session.state.catalogue.list('private', session.place), (repository) => repository.name, {
      query: 'catalog',
      token: session.request.query.get('last') ?? undefined,
      size,
    }),
  );
  return {
    status: 200,
    headers: { ...API_VERSION_HEADER, 'Content-Type': 'text/plain; charset=utf-8', ...nextLink(session, { n: String(size) }, page.nextToken) },
    body: JSON.stringify({ repositories: page.items.map((repository) => repository.name) }),
  };
}

/** `referrers/<digest>`: an index of what refers to the digest, filtered by artifact type when asked. Unknown digests have an empty one. */
export function answerReferrers(session: RegistrySession, name: string, digest: string): OutgoingAnswer {
  const repository = session.open(name, 'BatchGetImage');
  if (!session.state.referrersApi) throw new RegistryError(404, 'NOT_FOUND', '404 page not found');
  const artifactType = session.request.query.get('artifactType') ?? undefined;
  const matching = repository.images.filter(
    ({ manifest }) => manifest.subject === digest && (artifactType === undefined || manifest.artifactType === artifactType),
  );
  const page = requirePage(
    session.state.pager.page(matching, (image) => image.manifest.digest, {
      query: `referrers ${session.visibility} ${name} ${digest} ${artifactType ?? ''}`,
      token: session.request.query.get('last') ?? undefined,
      size: REFERRERS_PER_PAGE,
    }),
  );
  const manifests = page.items.map(({ manifest }) => ({
    mediaType: manifest.mediaType,
    digest: manifest.digest,
    size: manifest.bytes.length,
    artifactType: manifest.artifactType,
    annotations: manifest.annotations,
  }));
  return {
    status: 200,
    headers: {
      ...API_VERSION_HEADER,
      'Content-Type': OCI_INDEX,
      ...(artifactType === undefined ? {} : { 'OCI-Filters-Applied': 'artifactType' }),
      ...nextLink(session, artifactType === undefined ? {} : { artifactType }, page.nextToken),
    },
    body: JSON.stringify({ schemaVersion: 2, mediaType: OCI_INDEX, manifests }),
  };
}

import { OciError } from './errors.js';
import { parseJson } from './manifest-document.js';
import { bareMediaType, ociIndex } from './media-types.js';
import type { Digest } from './digest.js';
import type { RegistryRequest, RegistrySession } from './registry-session.js';
import { catalogSchema, indexSchema, tagListSchema, type Descriptor } from './schemas.js';

/** Something attached to a manifest by its `subject` field (OCI 1.1), such as a signature or an SBOM. */
export interface Referrer {
  readonly digest: Digest;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly artifactType: string;
  readonly annotations: Readonly<Record<string, string>>;
}

interface PagesOptions {
  readonly signal: AbortSignal;
  readonly pageSize?: number;
}

const pageBytes = 8 * 1024 * 1024;
const mostPages = 10_000;

export function listTags(session: RegistrySession, request: RegistryRequest, options: PagesOptions): AsyncIterable<readonly string[]> {
  return pages(session, request, options, (document) => tagListSchema.safeParse(document).data?.tags ?? []);
}

export function listCatalog(session: RegistrySession, request: RegistryRequest, options: PagesOptions): AsyncIterable<readonly string[]> {
  return pages(session, request, options, (document) => catalogSchema.safeParse(document).data?.repositories ?? []);
}

/** One page an element; the next is asked for when the reader wants it. */
async function* pages(
  session: RegistrySession,
  request: RegistryRequest,
  { signal, pageSize = 1000 }: PagesOptions,
  read: (document: unknown) => readonly string[],
): AsyncGenerator<readonly string[], void, undefined> {
  const first = new URL(request.url);
  first.searchParams.set('n', String(Math.min(1000, Math.max(1, Math.trunc(pageSize)))));
  for await (const document of linkedDocuments(session, { ...request, url: first }, pageBytes, signal)) yield read(document);
}

/** Follows `Link: <…>; rel="next"` within the registry. `last` is opaque: it is never built here. */
async function* linkedDocuments(
  session: RegistrySession,
  request: RegistryRequest,
  limitBytes: number,
  signal: AbortSignal,
): AsyncGenerator<unknown, void, undefined> {
  const asked = new Set<string>();
  let url: URL | undefined = request.url;
  while (url !== undefined) {
    if (asked.has(url.href) || asked.size >= mostPages) {
      throw new OciError({ code: 'protocol', message: `${url.host} leads in circles when asked for ${request.subject}.`, host: url.host });
    }
    asked.add(url.href);
    const answer = await session.document({ ...request, url }, limitBytes, signal);
    yield parseJson(answer.body, request.subject);
    url = nextPage(session, url, answer.headers.link);
  }
}

function nextPage(session: RegistrySession, current: URL, header: string | string[] | undefined): URL | undefined {
  const link = [header ?? []].flat().join(', ');
  const target = /<([^>]*)>\s*;[^,]*\brel="?next"?/i.exec(link)?.[1];
  if (target === undefined) return undefined;
  const next = URL.canParse(target, current.href) ? new URL(target, current) : undefined;
  if (next !== undefined && session.isRegistry(next) && next.pathname === current.pathname) {
    // By the name that was asked for, wherever the registry believes itself to be.
    return new URL(`${next.pathname}${next.search}`, current);
  }
  throw new OciError({ code: 'protocol', message: `${current.host} names a next page at another address.`, host: current.host });
}

/** OCI distribution-spec 1.1, "Listing Referrers", and "Referrers Tag Schema" where the API is missing. */
export async function listReferrers(
  session: RegistrySession,
  { api, fallback }: { readonly api: RegistryRequest; readonly fallback: RegistryRequest },
  limitBytes: number,
  { artifactType, signal }: { readonly artifactType?: string; readonly signal: AbortSignal },
): Promise<readonly Referrer[]> {
  const url = new URL(api.url);
  if (artifactType !== undefined) url.searchParams.set('artifactType', artifactType);
  const headers = { accept: ociIndex };
  let documents: unknown[] = [];
  try {
    for await (const document of linkedDocuments(session, { ...api, url, headers }, limitBytes, signal)) documents.push(document);
  } catch (error) {
    if (!(error instanceof OciError) || (error.code !== 'not-found' && error.code !== 'unsupported')) throw error;
    documents = await taggedReferrers(session, { ...fallback, headers }, limitBytes, signal);
  }
  const referrers = documents.flatMap((document) => (indexSchema.safeParse(document).data?.manifests ?? []).map(asReferrer));
  // Filtering is optional for registries, so it is always done here.
  return artifactType === undefined ? referrers : referrers.filter((referrer) => referrer.artifactType === artifactType);
}

async function taggedReferrers(
  session: RegistrySession,
  request: RegistryRequest,
  limitBytes: number,
  signal: AbortSignal,
): Promise<unknown[]> {
  try {
    const answer = await session.document(request, limitBytes, signal);
    return bareMediaType(answer.headers['content-type']) === ociIndex ? [parseJson(answer.body, request.subject)] : [];
  } catch (error) {
    if (error instanceof OciError && error.code === 'not-found') return [];
    throw error;
  }
}

function asReferrer({ digest, mediaType, size, artifactType, annotations }: Descriptor): Referrer {
  return { digest, mediaType, sizeBytes: size, artifactType: artifactType ?? '', annotations: annotations ?? {} };
}

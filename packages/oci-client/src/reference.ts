import { isDigest, type Digest } from './digest.js';

/** An image in a registry, by name. With tag and digest both, the digest decides. */
export interface ImageReference {
  /** Registry host with its port, if any, in lower case: `public.ecr.aws`, `localhost:5000`. */
  readonly host: string;
  /** Path inside the registry: `nginx/nginx`. */
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: Digest;
}

export type InvalidReferenceReason =
  | 'empty'
  | 'too-long'
  | 'characters'
  | 'scheme'
  | 'no-registry'
  | 'user-information'
  | 'host'
  | 'repository'
  | 'tag'
  | 'digest'
  /** A well-formed reference of another registry than the one asked. */
  | 'other-registry';

export interface InvalidReferenceDetails {
  readonly reason: InvalidReferenceReason;
  /** For the user; does not repeat what could be a password. */
  readonly message: string;
  /** The full reference that is probably meant. */
  readonly suggestion?: string;
}

/** A text that is not an image reference. */
export class InvalidReferenceError extends Error {
  override readonly name = 'InvalidReferenceError';
  readonly reason: InvalidReferenceReason;
  readonly suggestion: string | undefined;

  constructor(details: InvalidReferenceDetails) {
    super(details.message);
    this.reason = details.reason;
    this.suggestion = details.suggestion;
  }
}

const longestText = 1024;
const longestRepository = 255;
const hostNamePattern = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/;
const bracketedAddressPattern = /^\[[0-9a-f:.]+\]$/;
const repositoryPattern = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const tagPattern = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
const visibleAscii = /^[\u0021-\u007e]+$/;

/**
 * Reads `host[:port]/path[:tag][@digest]` as the OCI distribution specification 1.1 and Docker's reference grammar
 * define it. Nothing is assumed: no registry, no `library/`, no `latest`.
 * @throws InvalidReferenceError
 */
export function parseReference(text: string): ImageReference {
  checkText(text);
  const slash = text.indexOf('/');
  const first = slash < 0 ? text : text.slice(0, slash);
  if (slash < 0 || !looksLikeHost(first)) throw withoutRegistry(text);
  const host = parseHost(first);
  const { name, tag, digest } = splitName(text.slice(slash + 1));
  if (!isRepositoryName(name)) {
    throw new InvalidReferenceError({
      reason: 'repository',
      message: /[A-Z]/.test(name)
        ? `The repository name "${name}" has upper-case letters; registries allow lower case only.`
        : `"${name}" is not a repository name: lower-case letters and digits, parted by single ".", "_", "-" or "/".`,
      ...(/[A-Z]/.test(name) && isRepositoryName(name.toLowerCase())
        ? { suggestion: formatReference({ host, repository: name.toLowerCase(), ...(tag === undefined ? {} : { tag }) }) }
        : {}),
    });
  }
  return {
    host,
    repository: name,
    ...(tag === undefined ? {} : { tag: parseTag(tag) }),
    ...(digest === undefined ? {} : { digest: parseReferenceDigest(digest) }),
  };
}

/** The text {@link parseReference} reads back to the same reference. */
export function formatReference(reference: ImageReference): string {
  const tag = reference.tag === undefined ? '' : `:${reference.tag}`;
  const digest = reference.digest === undefined ? '' : `@${reference.digest}`;
  return `${reference.host}/${reference.repository}${tag}${digest}`;
}

/** What to ask a registry for: the digest, or else the tag, or else `latest`. */
export function manifestReferenceOf(reference: ImageReference): string {
  return reference.digest ?? reference.tag ?? 'latest';
}

/** Whether `text` may stand as `<name>` in a registry URL. */
export function isRepositoryName(text: string): boolean {
  return text.length <= longestRepository && repositoryPattern.test(text);
}

/** Whether `text` may stand as a tag in a registry URL. */
export function isTag(text: string): boolean {
  return tagPattern.test(text);
}

function checkText(text: string): void {
  if (text.trim() === '') {
    throw new InvalidReferenceError({ reason: 'empty', message: 'The image reference is empty.' });
  }
  if (text.length > longestText) {
    throw new InvalidReferenceError({ reason: 'too-long', message: 'The image reference is longer than 1,024 characters.' });
  }
  if (!visibleAscii.test(text)) {
    throw new InvalidReferenceError({
      reason: 'characters',
      message: 'The image reference holds blanks, line breaks or characters outside ASCII.',
    });
  }
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text);
  if (scheme !== null) {
    throw new InvalidReferenceError({
      reason: 'scheme',
      message: `An image reference has no scheme: leave out "${scheme[0]}".`,
    });
  }
  const at = text.indexOf('@');
  const slash = text.indexOf('/');
  if (at >= 0 && slash > at) {
    throw new InvalidReferenceError({
      reason: 'user-information',
      message: 'An image reference holds no user name or password before the registry host.',
    });
  }
}

/** Docker's rule: only a first part with a dot or a port, or `localhost`, is a registry. */
function looksLikeHost(part: string): boolean {
  return part.includes('.') || part.includes(':') || part.toLowerCase() === 'localhost';
}

function withoutRegistry(text: string): InvalidReferenceError {
  const { name } = splitName(text);
  if (!isRepositoryName(name)) {
    return new InvalidReferenceError({
      reason: 'no-registry',
      message: 'The reference names no registry: write host/repository:tag, such as docker.io/library/nginx:1.27.',
    });
  }
  const suggestion = `docker.io/${name.includes('/') ? '' : 'library/'}${text}`;
  return new InvalidReferenceError({
    reason: 'no-registry',
    message: `"${text}" names no registry. If the image on Docker Hub is meant, write ${suggestion}.`,
    suggestion,
  });
}

function parseHost(text: string): string {
  const host = text.toLowerCase();
  const split = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(host);
  const name = split?.[1] ?? '';
  const port = split?.[2];
  const nameIsRight = name.length <= 253 && (hostNamePattern.test(name) || bracketedAddressPattern.test(name));
  const portIsRight = port === undefined || (/^[0-9]{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535);
  if (!nameIsRight || !portIsRight) {
    throw new InvalidReferenceError({ reason: 'host', message: `"${text}" is not a registry host.` });
  }
  return host;
}

function splitName(text: string): { readonly name: string; readonly tag?: string; readonly digest?: string } {
  const at = text.indexOf('@');
  const beforeDigest = at < 0 ? text : text.slice(0, at);
  const colon = beforeDigest.indexOf(':', beforeDigest.lastIndexOf('/') + 1);
  return {
    name: colon < 0 ? beforeDigest : beforeDigest.slice(0, colon),
    ...(colon < 0 ? {} : { tag: beforeDigest.slice(colon + 1) }),
    ...(at < 0 ? {} : { digest: text.slice(at + 1) }),
  };
}

function parseTag(text: string): string {
  if (isTag(text)) return text;
  throw new InvalidReferenceError({
    reason: 'tag',
    message:
      text === ''
        ? 'The tag after ":" is empty.'
        : `"${text}" is not a tag: up to 128 letters, digits, "_", "." and "-", not starting with "." or "-".`,
  });
}

function parseReferenceDigest(text: string): Digest {
  if (isDigest(text)) return text;
  throw new InvalidReferenceError({
    reason: 'digest',
    message: 'The digest after "@" has to be sha256: and 64 lowercase hexadecimal characters.',
  });
}

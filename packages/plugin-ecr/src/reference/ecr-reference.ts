import { isDigest } from '@esscm/oci-client';
import type { Digest } from '@esscm/oci-client';
import { InvalidReferenceError } from '@esscm/registry-core';
import { parseRegistryHost } from './registry-host.js';
import type { RegistryHost } from './registry-host.js';
import { invalidHost } from './invalid-host.js';

/** The parts of an ECR reference, exactly as written. */
export interface EcrReference {
  readonly registry: RegistryHost;
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: Digest;
}

const repositoryPattern = /^[a-z0-9]+(?:[._-][a-z0-9]+)*(?:\/[a-z0-9]+(?:[._-][a-z0-9]+)*)*$/;
const tagPattern = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;
const maximumLength = 1024;

/**
 * Reads a reference by the strict grammar: `host/repository[:tag][@digest]`, nothing around it. The repository name is
 * 2 to 256 characters of RepositoryName in the ECR API; the tag is the OCI distribution specification's.
 * @throws InvalidReferenceError naming the first part that is wrong
 */
export function parseEcrReference(text: string): EcrReference {
  if (text === '') throw new InvalidReferenceError({ code: 'empty', message: 'Enter an image URI.' });
  if (text.length > maximumLength) {
    throw new InvalidReferenceError({ code: 'no-host', message: 'This is too long for an image URI.' });
  }
  const slash = text.indexOf('/');
  const host = slash === -1 ? text : text.slice(0, slash);
  const registry = parseRegistryHost(host);
  if (registry === undefined) throw invalidHost(text, host);

  const { path, tag, digest } = splitRemainder(slash === -1 ? '' : text.slice(slash + 1));
  const repository = checkRepository(registry, path, text);
  return {
    registry,
    repository,
    ...(tag !== undefined && { tag: checkTag(tag) }),
    ...(digest !== undefined && { digest: checkDigest(digest, text) }),
  };
}

function splitRemainder(remainder: string): { path: string; tag?: string; digest?: string } {
  const at = remainder.indexOf('@');
  const named = at === -1 ? remainder : remainder.slice(0, at);
  const colon = named.indexOf(':');
  return {
    path: colon === -1 ? named : named.slice(0, colon),
    ...(colon !== -1 && { tag: named.slice(colon + 1) }),
    ...(at !== -1 && { digest: remainder.slice(at + 1) }),
  };
}

function checkRepository(registry: RegistryHost, path: string, text: string): string {
  if (path === '') {
    throw new InvalidReferenceError({ code: 'invalid-repository', message: 'The repository name is missing.' });
  }
  if (!repositoryPattern.test(path)) {
    const lowered = path.toLowerCase();
    const mendable = lowered !== path && repositoryPattern.test(lowered);
    throw new InvalidReferenceError({
      code: 'invalid-repository',
      message: mendable
        ? 'A repository name is written in lower case.'
        : 'A repository name holds lower-case letters and digits, with a single dot, hyphen, underscore or slash between them.',
      ...(mendable && { suggestion: text.replace(path, lowered) }),
    });
  }
  if (path.length < 2 || path.length > 256) {
    throw new InvalidReferenceError({
      code: 'invalid-repository',
      message: 'A repository name is 2 to 256 characters long.',
    });
  }
  if (registry.kind === 'public' && !path.includes('/')) {
    throw new InvalidReferenceError({
      code: 'invalid-repository',
      message: 'A public image URI names an alias and a repository, such as public.ecr.aws/nginx/nginx.',
    });
  }
  return path;
}

function checkTag(tag: string): string {
  if (tagPattern.test(tag)) return tag;
  throw new InvalidReferenceError({
    code: 'invalid-tag',
    message:
      tag === ''
        ? 'The tag after the colon is missing.'
        : 'A tag is 1 to 128 letters, digits, underscores, dots and hyphens, and does not begin with a dot or hyphen.',
  });
}

function checkDigest(digest: string, text: string): Digest {
  if (isDigest(digest)) return digest;
  const lowered = digest.toLowerCase();
  const mendable = isDigest(lowered);
  throw new InvalidReferenceError({
    code: 'invalid-digest',
    message: mendable
      ? 'A digest is written in lower case.'
      : 'A digest is sha256: followed by 64 hexadecimal characters. ECR stores no other kind.',
    ...(mendable && { suggestion: text.slice(0, text.length - digest.length) + lowered }),
  });
}

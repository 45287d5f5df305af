import { formatReference, InvalidReferenceError as OciReferenceError, parseReference as parseOciReference, type ImageReference } from '@esscm/oci-client';
import { InvalidReferenceError, type InvalidReferenceCode, type RegistryReference } from '@esscm/registry-core';
import { isAmazonHost } from './amazon-host.js';
import { canonicalHost, canonicalRepository } from './docker-hub.js';
import { normaliseReferenceText } from './normalise-reference-text.js';

const codes: Readonly<Record<OciReferenceError['reason'], InvalidReferenceCode>> = {
  empty: 'empty',
  'too-long': 'no-host',
  characters: 'no-host',
  scheme: 'no-host',
  'no-registry': 'no-host',
  'user-information': 'invalid-host',
  host: 'invalid-host',
  repository: 'invalid-repository',
  tag: 'invalid-tag',
  digest: 'invalid-digest',
  'other-registry': 'other-registry',
};

/**
 * Reads an image reference of any registry as people paste it. Without a registry Docker Hub is meant, as for `docker pull`;
 * without tag and digest, `latest`.
 * @throws InvalidReferenceError
 */
export function parseReference(typed: string): RegistryReference {
  const { text, notes } = normaliseReferenceText(typed);
  const parsed = read(text);
  const host = canonicalHost(parsed.host);
  if (isAmazonHost(host)) {
    throw new InvalidReferenceError({
      code: 'other-registry',
      message: 'This is an address of Amazon ECR. Connect it on the Amazon ECR card.',
    });
  }
  const repository = canonicalRepository(host, parsed.repository);
  const tag = parsed.tag ?? (parsed.digest === undefined ? 'latest' : undefined);
  const reference: ImageReference = {
    host,
    repository,
    ...(tag === undefined ? {} : { tag }),
    ...(parsed.digest === undefined ? {} : { digest: parsed.digest }),
  };
  return {
    ...reference,
    text: formatReference(reference),
    notes: [
      ...notes,
      ...(parsed.tag === undefined && parsed.digest === undefined ? ['No tag given: latest is used.'] : []),
      ...(parsed.tag !== undefined && parsed.digest !== undefined ? ['Tag and digest given: the digest decides.'] : []),
    ],
  };
}

function read(text: string): ImageReference {
  try {
    return parseOciReference(text);
  } catch (error) {
    if (!(error instanceof OciReferenceError)) throw error;
    throw new InvalidReferenceError({
      code: codes[error.reason],
      message: error.message,
      ...(error.suggestion === undefined ? {} : { suggestion: error.suggestion }),
    });
  }
}

import { InvalidReferenceError } from '@esscm/registry-core';
import type { RegistryReference } from '@esscm/registry-core';
import { parseEcrReference } from './ecr-reference.js';
import { normaliseReferenceText } from './normalise-reference-text.js';
import { publicDualStackHost, publicRegistryHost } from './registry-host.js';

/** The variants of the plugin, in the order of their tabs. */
export type EcrVariantId = 'public' | 'private';

/**
 * Reads a reference as a person pastes it for one of the two tabs.
 * @throws InvalidReferenceError saying what is wrong, or that the other tab is meant
 */
export function parseReference(variantId: EcrVariantId, typed: string): RegistryReference {
  const normalised = normaliseReferenceText(typed);
  const parsed = parseEcrReference(normalised.text);
  if (parsed.registry.kind !== variantId) {
    throw new InvalidReferenceError({
      code: 'other-variant',
      message:
        parsed.registry.kind === 'private'
          ? 'This is a private registry address. Use the Private tab.'
          : 'This is a public registry address. Use the Public tab.',
    });
  }

  const notes = [...normalised.notes];
  let { host } = parsed.registry;
  if (host === publicDualStackHost) {
    host = publicRegistryHost;
    notes.push(`${publicDualStackHost} serves the same images as ${publicRegistryHost}, which is used.`);
  }
  const { repository, digest } = parsed;
  let { tag } = parsed;
  if (tag === undefined && digest === undefined) {
    tag = 'latest';
    notes.push('No tag given: latest is used.');
  }
  if (tag !== undefined && digest !== undefined) notes.push('Tag and digest given: the digest decides.');

  const text = `${host}/${repository}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
  return {
    text,
    host,
    repository,
    ...(tag !== undefined && { tag }),
    ...(digest !== undefined && { digest }),
    notes,
  };
}

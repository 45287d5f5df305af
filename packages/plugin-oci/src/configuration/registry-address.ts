import { InvalidReferenceError, parseReference } from '@esscm/oci-client';
import { canonicalHost } from '../reference/docker-hub.js';

/** What a typed address is, or why it is none. */
export type AddressCheck = { readonly host: string } | { readonly problem: string };

/**
 * Reads a registry's address as people paste it: with `https://`, a slash at the end, upper case. A path is refused, because
 * it belongs to a repository; so is `http://`, because a user cannot decide that a password travels unencrypted.
 */
export function checkAddress(typed: string): AddressCheck {
  const text = typed.trim();
  if (text === '') return { problem: 'Enter the address of the registry.' };
  if (/^http:\/\//i.test(text)) {
    return { problem: 'Leave out http://. Registries without TLS are only spoken to when the operator lists them.' };
  }
  const bare = text.replace(/^https:\/\//i, '').replace(/\/(?:v2\/?)?$/, '');
  if (bare.includes('@')) return { problem: 'The address holds no user name or password.' };
  if (bare.includes('/')) return { problem: 'Enter the host only. What follows the slash belongs to the names of repositories.' };
  try {
    return { host: canonicalHost(parseReference(`${bare}/any`).host) };
  } catch (error) {
    if (!(error instanceof InvalidReferenceError)) throw error;
    return { problem: 'This is not a registry address: a host name with a dot, such as registry.example.org or localhost:5000.' };
  }
}

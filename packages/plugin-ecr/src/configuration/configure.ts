import { InvalidConfigurationError } from '@esscm/registry-core';
import type { ConfigurationInput, RegistryConfiguration } from '@esscm/registry-core';
import { findCredentialKind } from './credential-kinds.js';

/**
 * Checks what was typed for one variant without asking AWS anything.
 * @throws InvalidConfigurationError naming each field that is wrong, never a value
 */
export function configure(input: ConfigurationInput): RegistryConfiguration {
  if (input.variantId === 'public') {
    if (input.credentialKindId !== undefined) throw wholeForm('Public images are read without credentials.');
    return { variantId: 'public', settings: {}, secrets: {}, hint: 'Anonymous' };
  }
  if (input.variantId !== 'private') throw wholeForm('Amazon ECR has a public and a private variant.');
  const kind = findCredentialKind(input.credentialKindId);
  if (kind === undefined) throw wholeForm('Choose how to sign in.');

  const checked = kind.check(input.values);
  if ('configuration' in checked) return checked.configuration;
  throw new InvalidConfigurationError(checked.issues);
}

function wholeForm(message: string): InvalidConfigurationError {
  return new InvalidConfigurationError([{ field: '', message }]);
}

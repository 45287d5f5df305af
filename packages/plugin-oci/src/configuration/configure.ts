import { InvalidConfigurationError, Secret } from '@esscm/registry-core';
import type { ConfigurationInput, FieldIssue, RegistryConfiguration } from '@esscm/registry-core';
import { checkAddress } from './registry-address.js';
import { checkRepositoryNames } from './repository-names.js';

/**
 * Checks what was typed for one variant without asking a registry anything.
 * @throws InvalidConfigurationError naming each field that is wrong, never a value
 */
export function configure({ variantId, credentialKindId, values }: ConfigurationInput): RegistryConfiguration {
  if (variantId === 'public') {
    if (credentialKindId !== undefined) throw wholeForm('Public images are read without credentials.');
    return { variantId, settings: {}, secrets: {}, hint: 'Anonymous' };
  }
  if (variantId !== 'registry') throw wholeForm('There is no such variant of this plugin.');
  if (credentialKindId !== 'password' && credentialKindId !== 'anonymous') throw wholeForm('Choose how to sign in.');

  const issues: FieldIssue[] = [];
  const address = checkAddress(values['address'] ?? '');
  const host = 'host' in address ? address.host : '';
  if ('problem' in address) issues.push({ field: 'address', message: address.problem });
  const repositories = checkRepositoryNames(values['repositories'] ?? '', host);
  if ('problem' in repositories) issues.push({ field: 'repositories', message: repositories.problem });
  const names = 'names' in repositories ? repositories.names : [];
  const settings = { address: host, ...(names.length === 0 ? {} : { repositories: names.join(', ') }) };
  if (credentialKindId === 'anonymous') {
    if (issues.length > 0) throw new InvalidConfigurationError(issues);
    return { variantId, credentialKindId, settings, secrets: {}, hint: `Anonymous at ${host}` };
  }

  const username = (values['username'] ?? '').trim();
  const password = (values['password'] ?? '').trim();
  if (!isSendable(username, 255) || username.includes(':')) issues.push({ field: 'username', message: 'Enter the user name, without a colon or blanks.' });
  if (!isSendable(password, 16_384)) {
    issues.push({ field: 'password', message: 'Enter the password or access token, without blanks and line breaks in it.' });
  }
  if (issues.length > 0) throw new InvalidConfigurationError(issues);
  return {
    variantId,
    credentialKindId,
    settings: { ...settings, username },
    secrets: { password: new Secret(password) },
    hint: `${username} at ${host}`,
  };
}

/** Whether a text can be part of a Basic credential: printable ASCII, not empty. */
function isSendable(text: string, longest: number): boolean {
  return text.length <= longest && /^[\u0021-\u007e]+$/.test(text);
}

function wholeForm(message: string): InvalidConfigurationError {
  return new InvalidConfigurationError([{ field: '', message }]);
}

import { InvalidConfigurationError, InvalidReferenceError } from '@esscm/registry-core';
import type { PluginHost, RegistryConfiguration, RegistryConnection, RegistryPlugin } from '@esscm/registry-core';
import { configure } from './configuration/configure.js';
import { findCredentialKind, readPrivateConfiguration } from './configuration/credential-kinds.js';
import { ecrDescription } from './description/ecr-description.js';
import { readEvent } from './events/read-event.js';
import { roleGuide } from './guide/role-guide.js';
import { PrivateEcrConnection } from './private/private-connection.js';
import { PublicEcrConnection } from './public/public-connection.js';
import { parseReference } from './reference/parse-reference.js';

/** Amazon ECR: the public gallery without credentials, and private registries. Its operator settings are in the README. */
export const ecrPlugin: RegistryPlugin = {
  description: ecrDescription,
  configure,
  guide: async (input, host, { signal }) => {
    const form = findCredentialKind(input.credentialKindId)?.form;
    if (form?.id === 'role') return roleGuide(input, host, signal);
    return form?.guide ?? { title: '', steps: [] };
  },
  parseReference(variantId, text) {
    if (variantId === 'public' || variantId === 'private') return parseReference(variantId, text);
    throw new InvalidReferenceError({
      code: 'other-variant',
      message: 'Amazon ECR has a public and a private variant.',
    });
  },
  readEvent,
  connect,
};

function connect(configuration: RegistryConfiguration, host: PluginHost): RegistryConnection {
  if (configuration.variantId === 'public') return new PublicEcrConnection(host);
  const complete = readPrivateConfiguration(configuration);
  if (complete !== undefined) return new PrivateEcrConnection(complete, host);
  // A connection without its own credentials must never borrow those of the machine.
  throw new InvalidConfigurationError([{ field: '', message: 'The stored credentials are not complete. Enter them again.' }]);
}

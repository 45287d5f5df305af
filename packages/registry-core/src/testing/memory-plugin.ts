import { InvalidConfigurationError, InvalidReferenceError, RegistryError } from '../errors.js';
import type { PluginDescription } from '../plugin-description.js';
import type { ConfigurationInput, RegistryConfiguration, RegistryPlugin, RegistryReference } from '../plugin.js';
import { Secret } from '../secret.js';
import type { Flaw } from './flaw.js';
import { MemoryConnection } from './memory-connection.js';
import type { MemoryRegistry } from './memory-registry.js';

const host = 'memory.example';

/** A plugin for {@link MemoryRegistry}: keeps the whole contract, or breaks one rule of it. */
export function memoryPlugin(registry: MemoryRegistry, flaw?: Flaw): RegistryPlugin {
  return {
    description: description(flaw),
    configure: (input) => configure(input, flaw),
    parseReference: (_variantId, text) => parseReference(text, flaw),
    guide: async ({ values }) => ({ title: 'Password', steps: flaw === 'quotes a secret in its guide' ? [values['password'] ?? ''] : [] }),
    connect: (configuration, { clock, operatorSettings }) => {
      if (configuration.credentialKindId === 'machine' && operatorSettings['memory.machine'] === undefined && flaw !== 'takes what is not allowed') {
        throw new RegistryError({ kind: 'unsupported', heading: 'Memory registry', message: 'The operator does not allow this.' });
      }
      return new MemoryConnection(registry, configuration, clock, flaw);
    },
  };
}

function description(flaw: Flaw | undefined): PluginDescription {
  return {
    id: 'memory',
    name: 'Memory registry',
    summary: 'A registry for tests.',
    icon: '<svg/>',
    documentation: [],
    variants: [
      {
        id: 'private',
        name: 'Private',
        summary: 'Repositories in memory.',
        capabilities: {
          anonymous: false,
          listRepositories: true,
          listTags: true,
          imageMetadata: flaw === 'claims metadata',
          tagNames: flaw === 'claims names of tags',
          referrers: false,
          pushEvents: false,
        },
        credentialKinds: [
          {
            id: 'password',
            name: 'Password',
            summary: 'A password.',
            fields: [
              { name: 'password', label: 'Password', type: 'secret', required: true },
              { name: 'shelf', label: 'Shelf', type: 'text', required: false, place: true },
            ],
          },
          { id: 'machine', name: 'Machine', summary: 'No password.', fields: [], requiresOperatorSetting: 'memory.machine' },
        ],
        referencePlaceholder: `${host}/team/app:1`,
        permissions: [
          { action: 'memory:Identify', purpose: 'Identify the caller', required: false },
          { action: 'memory:Read', purpose: 'Read images', required: true },
        ],
      },
    ],
  };
}

function configure(input: ConfigurationInput, flaw: Flaw | undefined): RegistryConfiguration {
  if (input.variantId === 'private' && input.credentialKindId === 'machine') {
    return { variantId: 'private', credentialKindId: 'machine', settings: {}, secrets: {}, hint: 'This machine' };
  }
  const password = (input.values['password'] ?? '').trim();
  if (input.variantId !== 'private' || input.credentialKindId !== 'password') {
    throw new InvalidConfigurationError([{ field: '', message: 'Choose how to sign in.' }]);
  }
  if (password.length < 8) {
    const quoted = flaw === 'quotes the secret it refuses' ? ` '${password}'` : '';
    throw new InvalidConfigurationError([{ field: 'password', message: `The password${quoted} is too short.` }]);
  }
  return {
    variantId: 'private',
    credentialKindId: 'password',
    settings: { ...(flaw === 'loses its place' ? {} : { shelf: (input.values['shelf'] ?? 'first').trim() }), ...(flaw === 'prints a secret' && { password }) },
    secrets: { password: new Secret(password) },
    hint: 'Password',
  };
}

function parseReference(typed: string, flaw: Flaw | undefined): RegistryReference {
  const text = flaw === 'cannot read its placeholder' ? typed : typed.trim();
  const [, repository, tag] = /^memory\.example\/([a-z/]+):([a-z0-9]+)$/.exec(text) ?? [];
  if (repository === undefined || tag === undefined) {
    throw new InvalidReferenceError({ code: 'no-host', message: 'This is not a reference of the memory registry.' });
  }
  return { text, host, repository, tag, notes: [] };
}

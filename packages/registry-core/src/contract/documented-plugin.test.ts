import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { OciError } from '@esscm/oci-client';
import { describe, expect, it } from 'vitest';
import { InvalidConfigurationError, InvalidReferenceError, RegistryError } from '../errors.js';
import type { PluginDescription } from '../plugin-description.js';
import type { PullAccess, RegistryConnection, RegistryPlugin } from '../plugin.js';
import { registerRegistryPluginContract } from './contract.js';

/** The smallest plugin there can be, as `docs/adding-a-registry-plugin.md` shows it: public images of one host. */

const host = 'images.example.org';

const description: PluginDescription = {
  id: 'example',
  name: 'Example registry',
  summary: 'Public images of the example project.',
  icon: '<svg viewBox="0 0 24 24" fill="none" stroke="currentColor"><rect x="4" y="4" width="16" height="16" rx="2"/></svg>',
  documentation: [],
  variants: [
    {
      id: 'public',
      name: 'Public',
      summary: 'Images that need no credentials.',
      capabilities: { anonymous: true, listRepositories: false, listTags: false, imageMetadata: false, referrers: false, pushEvents: false },
      credentialKinds: [],
      referencePlaceholder: `${host}/team/app:1.0`,
      permissions: [],
    },
  ],
};

const examplePlugin: RegistryPlugin = {
  description,

  configure({ variantId, credentialKindId }) {
    if (variantId !== 'public' || credentialKindId !== undefined) {
      throw new InvalidConfigurationError([{ field: '', message: 'The example registry has public images only.' }]);
    }
    return { variantId, settings: {}, secrets: {}, hint: '' };
  },

  parseReference(_variantId, typed) {
    const [, repository, tag] = /^images\.example\.org\/([a-z0-9]+(?:[._/-][a-z0-9]+)*)(?::([\w][\w.-]{0,127}))?$/.exec(typed.trim()) ?? [];
    if (repository === undefined) {
      throw new InvalidReferenceError({ code: 'no-host', message: `References begin with ${host}/.`, suggestion: `${host}/team/app:1.0` });
    }
    return {
      text: `${host}/${repository}:${tag ?? 'latest'}`,
      host,
      repository,
      tag: tag ?? 'latest',
      notes: tag === undefined ? ['No tag given: latest is used.'] : [],
    };
  },

  connect: (_configuration, { clock }): RegistryConnection => ({
    verify: async () => ({ status: 'verified', checkedAt: clock.now().toISOString(), checks: [], problems: [] }),
    listRepositories: () => refusing('The example registry does not list its repositories.'),
    listImages: () => refusing('The example registry does not list tags.'),
    pullAccess: async (_repository, { registryHost = host }) => {
      if (registryHost !== host) throw new RegistryError({ kind: 'not-found', heading: 'Repository not found', message: `${registryHost} is another registry.` });
      return { host, authentication: { kind: 'anonymous' } };
    },
    explainPullFailure: (error, { repository }) => explain(error, repository),
    [Symbol.asyncDispose]: async () => {},
  }),
};

function refusing(message: string): AsyncIterable<never> {
  const error = new RegistryError({ kind: 'unsupported', heading: 'Not supported', message, remedy: 'Enter the address of the image.' });
  return { [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(error) }) };
}

function explain(error: unknown, repository: string): RegistryError | undefined {
  if (!(error instanceof OciError) || error.code !== 'not-found') return undefined;
  return new RegistryError({
    kind: 'not-found',
    heading: 'Repository not found',
    message: `The example registry has no repository ${repository}, or it is not public.`,
    remedy: 'Compare the name with the address of the image.',
    cause: error,
  });
}

const manifest = new TextEncoder().encode('{"schemaVersion":2}');

registerRegistryPluginContract(
  { describe, it },
  {
    name: 'example, public',
    start: async () => {
      let now = Date.parse('2026-01-31T12:00:00Z');
      return {
        plugin: examplePlugin,
        variantId: 'public',
        input: { variantId: 'public', values: {} },
        refusedValues: [],
        secrets: [],
        host: { clock: { now: () => new Date(now) }, operatorSettings: {}, privateNetworks: [] },
        advanceClock: (byMs) => {
          now += byMs;
        },
        repositoryNames: [],
        listRequests: () => 0,
        credentialRequests: () => 0,
        pullable: { repository: 'team/app', reference: '1.0', digest: `sha256:${createHash('sha256').update(manifest).digest('hex')}` },
        pullManifest: async (access: PullAccess) => {
          if (access.host !== host || access.authentication.kind !== 'anonymous') throw new Error('This is not how to pull.');
          return manifest;
        },
        [Symbol.asyncDispose]: async () => {},
      };
    },
  },
);

describe('the page on adding a plugin', () => {
  const page = readFileSync(new URL('../../../../docs/adding-a-registry-plugin.md', import.meta.url), 'utf8');
  const shown = [...page.matchAll(/```ts example\n([\s\S]*?)```/g)].map(([, code]) => code ?? '');

  it('shows code of this file, which keeps the contract', () => {
    const here = readFileSync(import.meta.filename, 'utf8');
    expect(shown.length).toBeGreaterThanOrEqual(3);
    for (const code of shown) expect(here).toContain(code);
  });
});

import { registerRegistryPluginContract } from '@esscm/registry-core/contract';
import { describe, it } from 'vitest';
import { credential, failWith, image, startSubject } from './testing/registry-subject.js';

const pullable = { repository: 'team/app-0', reference: '1.0', digest: image.descriptor.digest };

registerRegistryPluginContract(
  { describe, it },
  {
    name: 'oci, a registry signed in to',
    start: async ({ repositories }) => {
      const subject = await startSubject(repositories);
      const { registry } = subject;
      registry.behaviour.authentication = { kind: 'basic', ...credential };
      return {
        ...subject,
        variantId: 'registry',
        input: { variantId: 'registry', credentialKindId: 'password', values: { address: registry.host, ...credential } },
        refusedValues: [
          { field: 'address', value: 'http://registry.example.org' },
          { field: 'address', value: 'registry.example.org/project' },
          { field: 'address', value: 'reader:secret@registry.example.org' },
          { field: 'address', value: 'registry' },
          { field: 'username', value: 'two words' },
          { field: 'username', value: 'with:colon' },
          { field: 'password', value: 'with\na line break' },
          { field: 'repositories', value: 'Team/App' },
          { field: 'repositories', value: 'team/app:1.0' },
        ],
        secrets: [credential.password],
        pullable,
        fail: (fault) => failWith(registry, fault),
      };
    },
  },
);

registerRegistryPluginContract(
  { describe, it },
  {
    name: 'oci, a registry without signing in',
    start: async ({ repositories }) => {
      const subject = await startSubject(repositories);
      return {
        ...subject,
        variantId: 'registry',
        input: { variantId: 'registry', credentialKindId: 'anonymous', values: { address: subject.registry.host } },
        refusedValues: [{ field: 'address', value: 'registry.example.org/v2/project' }],
        secrets: [],
        pullable,
        fail: (fault) => failWith(subject.registry, fault),
      };
    },
  },
);

registerRegistryPluginContract(
  { describe, it },
  {
    name: 'oci, public images',
    start: async ({ repositories }) => {
      const subject = await startSubject(Math.max(1, repositories));
      return {
        ...subject,
        variantId: 'public',
        input: { variantId: 'public', values: {} },
        refusedValues: [],
        secrets: [],
        pullable: { ...pullable, registryHost: subject.registry.host },
      };
    },
  },
);

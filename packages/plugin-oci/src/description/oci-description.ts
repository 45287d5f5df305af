import type { PluginDescription } from '@esscm/registry-core';
import { anonymousForm, passwordForm } from '../configuration/registry-forms.js';
import { permissions } from '../permissions.js';
import { icon } from './icon.js';

/** The card and the wizard of registries that are no cloud's own. */
export const ociDescription: PluginDescription = {
  id: 'oci',
  name: 'OCI registry',
  summary: 'Docker Hub, GitHub, Harbor, zot and every other registry of the OCI distribution specification.',
  icon,
  variants: [
    {
      id: 'public',
      name: 'Public images',
      summary: 'Images that anybody may pull, from any registry. No credentials needed.',
      capabilities: {
        anonymous: true,
        listRepositories: false,
        listTags: false,
        imageMetadata: false,
        referrers: true,
        pushEvents: false,
      },
      credentialKinds: [],
      referencePlaceholder: 'docker.io/library/nginx:latest',
      permissions: [],
    },
    {
      id: 'registry',
      name: 'A registry',
      summary: 'The repositories of one registry, signed in or not.',
      capabilities: {
        anonymous: false,
        listRepositories: true,
        listTags: true,
        imageMetadata: false,
        referrers: true,
        pushEvents: false,
      },
      credentialKinds: [passwordForm, anonymousForm],
      referencePlaceholder: 'registry.example.org/team/app:1.0',
      permissions,
    },
  ],
  documentation: [
    { title: 'OCI distribution specification', url: 'https://github.com/opencontainers/distribution-spec/blob/main/spec.md' },
    { title: 'Access tokens of Docker Hub', url: 'https://docs.docker.com/security/access-tokens/' },
    {
      title: 'The container registry of GitHub',
      url: 'https://docs.github.com/packages/working-with-a-github-packages-registry/working-with-the-container-registry',
    },
  ],
};

import type { CredentialKind, FormField } from '@esscm/registry-core';

const address: FormField = {
  name: 'address',
  label: 'Registry address',
  type: 'text',
  required: true,
  description: 'Host name, with the port if there is one. docker.io is Docker Hub.',
  placeholder: 'registry.example.org',
  place: true,
};

const repositories: FormField = {
  name: 'repositories',
  label: 'Repositories',
  type: 'text',
  required: false,
  description: 'For registries that do not list them, such as Docker Hub and GitHub: names parted by commas. Otherwise leave it empty.',
  placeholder: 'library/nginx, team/app',
};

/** A user name with a password or an access token. */
export const passwordForm: CredentialKind = {
  id: 'password',
  name: 'User name and token',
  summary: 'A user, a robot account or an access token that may pull.',
  fields: [
    address,
    { name: 'username', label: 'User name', type: 'text', required: true },
    {
      name: 'password',
      label: 'Password or access token',
      type: 'secret',
      required: true,
      description: 'Encrypted before it is stored. Never shown again.',
    },
    repositories,
  ],
  guide: {
    title: 'Use a token that may only pull',
    steps: [
      'Docker Hub: Account settings, Personal access tokens, with the permission "Read-only". The user name is your own.',
      'GitHub: a classic personal access token with the scope read:packages. The user name is your own.',
      'GitLab: a deploy token with read_registry. The user name is the one shown with it.',
      'Harbor: a robot account with the permissions to list and pull repositories. The user name includes the prefix, such as robot$esscm.',
    ],
  },
};

/** No credential at all. */
export const anonymousForm: CredentialKind = {
  id: 'anonymous',
  name: 'Without signing in',
  summary: 'A registry that anybody may pull from.',
  fields: [address, repositories],
};

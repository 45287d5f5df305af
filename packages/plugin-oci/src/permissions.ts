import type { PermissionDescription } from '@esscm/registry-core';

/** What a verification tries, in the order it is shown. The names are those of the endpoints in the distribution specification. */
export const permissions = [
  { action: 'registry:sign-in', purpose: 'Sign in to the registry', required: true },
  { action: 'registry:catalog', purpose: 'List repositories', required: false },
  { action: 'repository:tags', purpose: 'List tags', required: false },
  { action: 'repository:manifests', purpose: 'Read manifests', required: true },
  { action: 'repository:blobs', purpose: 'Download layers', required: true },
] as const satisfies readonly PermissionDescription[];

export type PermissionAction = (typeof permissions)[number]['action'];

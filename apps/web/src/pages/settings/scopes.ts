import type { AccessScope } from '../../gql/graphql.js';

/** What a token may do, in the order of the form. */
export const scopes: readonly { readonly scope: AccessScope; readonly name: string; readonly text: string }[] = [
  { scope: 'READ', name: 'Read', text: 'Read images, components, scans and SBOMs.' },
  { scope: 'SCAN', name: 'Scan', text: 'Start, retry and cancel scans.' },
  { scope: 'TRIAGE', name: 'Triage', text: 'Decide about findings, and take decisions back.' },
  { scope: 'CONNECT', name: 'Connect', text: 'Verify credentials, browse registries, connect and disconnect.' },
  { scope: 'ADMIN', name: 'Administer', text: 'Everything, access tokens included.' },
];

/** The names of scopes in that order: "Read, Scan". */
export function scopeNames(granted: readonly AccessScope[]): string {
  return scopes.flatMap(({ scope, name }) => (granted.includes(scope) ? [name] : [])).join(', ');
}

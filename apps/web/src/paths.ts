/** A tab of the image page. */
export type ImageTab = 'summary' | 'vulnerabilities' | 'components' | 'layers' | 'licences' | 'dependencies' | 'referrers' | 'history';

/** A step of the connect wizard, as it stands in the address. */
export type WizardStep = 'source' | 'credentials' | 'verify' | 'images' | 'projects';

/** What of the wizard is in the address. */
export interface WizardAddress {
  readonly step?: WizardStep;
  readonly variant?: string;
  readonly draft?: string;
}

/** Every address of the app is built here; routes are declared in `routes.tsx` with the same shapes. */
export const paths = {
  overview: () => '/',
  setup: () => '/setup',
  signIn: (returnTo?: string) => withQuery('/sign-in', { return: returnTo === '/' ? undefined : returnTo }),
  integrations: () => '/connect',
  connect: (pluginId: string, address: WizardAddress = {}) => withQuery(`/connect/${segment(pluginId)}/new`, { ...address }),
  connections: () => '/connections',
  /** `open` is what is begun there: other credentials, or other rules. */
  /** With `rules`, those are being edited, with a new one for the repository when one is named. */
  connection: (id: string, open?: 'credentials' | 'rules', repository?: string) => withQuery(`/connections/${segment(id)}`, { open, repository }),
  registry: (id: string, repository?: string) => withQuery(`/connections/${segment(id)}/registry`, { repository }),
  connectionActivity: (id: string) => `/connections/${segment(id)}/activity`,
  projects: (search?: string) => withQuery('/projects', { search }),
  project: (id: string, versionId?: string) => withQuery(`/projects/${segment(id)}`, { version: versionId }),
  images: (filter: { readonly search?: string; readonly connection?: string; readonly project?: string; readonly result?: string } = {}) => withQuery('/images', filter),
  image: (id: string, tab: ImageTab = 'summary', query: { readonly layer?: string; readonly ecosystem?: string; readonly component?: string; readonly licence?: string; readonly finding?: string; readonly severity?: string; readonly fix?: string | undefined; readonly package?: string } = {}) =>
    withQuery(`/images/${segment(id)}${tab === 'summary' ? '' : `/${tab}`}`, query),
  scans: (filter: { readonly state?: string; readonly connection?: string; readonly image?: string } = {}) => withQuery('/scans', filter),
  scan: (id: string) => `/scans/${segment(id)}`,
  components: (filter: { readonly search?: string; readonly range?: string; readonly type?: string; readonly version?: string } = {}) => withQuery('/components', filter),
  findings: (query: Readonly<Record<string, string | undefined>> = {}) => withQuery('/findings', query),
  fixes: (imageId?: string) => withQuery('/findings/fixes', { image: imageId }),
  decisions: (batchId?: string) => (batchId === undefined ? '/findings/decisions' : `/findings/decisions?batch=${encodeURIComponent(batchId)}`),
  vexDocuments: () => '/findings/vex',
  vexDocument: (id: string) => `/findings/vex/${segment(id)}`,
  vulnerability: (id: string) => `/vulnerabilities/${segment(id)}`,
  compare: (from?: string, to?: string, view?: string, search?: string, changes?: string) => withQuery('/compare', { from, to, view, search, changes }),
  profile: () => '/settings/profile',
  accessTokens: () => '/settings/tokens',
  advisories: () => '/settings/advisories',
  system: () => '/settings/system',
  api: (example?: string) => withQuery('/explorer', { example }),
} as const;

function segment(text: string): string {
  return encodeURIComponent(text);
}

function withQuery(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const entries = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '');
  return entries.length === 0 ? path : `${path}?${new URLSearchParams(entries).toString()}`;
}

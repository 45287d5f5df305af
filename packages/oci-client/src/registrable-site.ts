import { isIP } from 'node:net';

/** Domains under which strangers get names of their own, as far as registries live there (publicsuffix.org, 2026). */
const sharedSuffixes = [
  'amazonaws.com',
  'amazonaws.com.cn',
  'amazonaws.eu',
  'api.aws',
  'on.aws',
  'azurecr.io',
  'azurecr.cn',
  'azure.com',
  'azurewebsites.net',
  'windows.net',
  'cloudfront.net',
  'pkg.dev',
  'run.app',
  'a.run.app',
  'web.app',
  'appspot.com',
  'googleapis.com',
  'github.io',
  'gitlab.io',
  'herokuapp.com',
  'fly.dev',
  'vercel.app',
  'netlify.app',
  'workers.dev',
  'pages.dev',
  'r2.dev',
  'ngrok.io',
  'ngrok.app',
  'ngrok-free.app',
  'onrender.com',
  'ondigitalocean.app',
  'digitaloceanspaces.com',
  'container-registry.com',
  'nip.io',
  'sslip.io',
  'duckdns.org',
];

/**
 * Whether two hosts surely belong to the same owner: equal, or under the same registrable domain (`registry-1.docker.io`
 * and `auth.docker.io`). Errs towards no: addresses and unknown short second levels under country domains do not match.
 */
export function isSameSite(first: string, second: string): boolean {
  if (first === second) return true;
  const site = siteOf(first);
  return site !== undefined && site === siteOf(second);
}

function siteOf(host: string): string | undefined {
  if (isIP(host.replace(/^\[(.*)\]$/, '$1')) !== 0) return undefined;
  const labels = host.toLowerCase().replace(/\.$/, '').split('.');
  const depth = suffixDepth(labels);
  return labels.length > depth ? labels.slice(-(depth + 1)).join('.') : undefined;
}

/** How many labels at the end are handed out to the public. */
function suffixDepth(labels: readonly string[]): number {
  const name = labels.join('.');
  const shared = sharedSuffixes
    .filter((suffix) => name === suffix || name.endsWith(`.${suffix}`))
    .map((suffix) => suffix.split('.').length);
  if (shared.length > 0) return Math.max(...shared);
  const [second = '', top = ''] = labels.slice(-2);
  // `co.uk`, `com.au`, `ac.jp`: short second levels under a country are public; `docker.io` is not.
  return labels.length > 2 && top.length === 2 && second.length <= 3 ? 2 : 1;
}

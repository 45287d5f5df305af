import type { InstallationFacts } from '../../dependencies.js';

/** What the embedded database answers for within a few seconds; measured by `bench reads --layout`. */
const embeddedLimits = { images: 2000, findings: 500_000 } as const;

/** What an administrator should do about where data is kept; undefined where nothing needs doing. */
export function storageAdvice(storage: InstallationFacts['storage'], held: { readonly images: number; readonly findings: number }): string | undefined {
  if (storage !== 'embedded') return undefined;
  const beyond = (['images', 'findings'] as const).filter((what) => held[what] > embeddedLimits[what]).map((what) => `${number(held[what])} ${what}`);
  if (beyond.length === 0) return undefined;
  return `The embedded database holds ${beyond.join(' and ')}, and is made for up to ${number(embeddedLimits.images)} images with ${number(embeddedLimits.findings)} findings: lists over all images take long. Set DATABASE_URL to a PostgreSQL server and connect the registries there.`;
}

function number(count: number): string {
  return count.toLocaleString('en-GB');
}

import type { InstallationFacts } from '../../dependencies.js';

/**
 * What the embedded database is made for: it answers on one processor, and nothing ends an answer that takes too long. Beyond either the overview,
 * groups of findings or the search for components take more than a second of it; figures are in bench/README.md.
 */
const embeddedLimits = { images: 1000, findings: 150_000 } as const;

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

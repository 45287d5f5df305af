import { baseEcosystem } from '../ecosystems/ecosystems.js';
import { amazonExplorer } from '../matchers/distribution-ecosystems.js';

/** Sources beside, or in place of, those of OSV.dev. A release follows the colon where the source is one of a release. */
const nativeSources: Readonly<Record<string, (release: string | undefined) => readonly string[]>> = {
  Alpine: (branch) => ['osv:Alpine', branch === undefined ? 'alpine-secdb' : `alpine-secdb:${branch}`],
  'Amazon Linux': (release) => (release === undefined ? [...['1', '2', '2023'].map(amazonNotices), ...amazonBesideNotices] : /^explorer\b/.test(release) ? amazonBesideNotices : [amazonNotices(release)]),
  'Azure Linux': (release) => (release === undefined ? ['osv:Azure Linux', 'azure-linux-oval:2.0'] : Number(release) < 3 ? [`azure-linux-oval:${release}.0`] : ['osv:Azure Linux']),
  Debian: () => ['osv:Debian', 'debian-tracker'],
  'Oracle Linux': () => ['oracle-linux'],
  'Red Hat': () => ['red-hat-vex'],
  'Photon OS': (release) => (release === undefined ? ['3.0', '4.0', '5.0'] : [release]).map((each) => `photon:${each}`),
};

/** The explorer has to be told what to ask about: Debian's tracker names the vulnerabilities of most source packages there are. */
const amazonBesideNotices = ['debian-tracker', 'amazon-explorer'];

const amazonNotices = (release: string): string => `amazon-linux:${release}`;

/** Ecosystems whose sources are fetched by release: an image needs one of them. */
const fetchedByRelease: ReadonlySet<string> = new Set(['Amazon Linux', 'Azure Linux', 'Photon OS']);

/** What to fetch for an ecosystem with its release: the release stays where sources are of one release, else it goes. */
export function ecosystemToFetch(ecosystem: string): string {
  const base = baseEcosystem(ecosystem);
  // One source for all releases.
  if (ecosystem.startsWith(`${amazonExplorer}:`)) return amazonExplorer;
  return fetchedByRelease.has(base) ? ecosystem : base;
}

/**
 * The distribution, by the id of its os-release, about whose packages in images a source (as `ecosystemToFetch` names it) is asked
 * one vulnerability after the other; undefined for sources that are fetched as a whole.
 */
export function distributionAskedAbout(source: string): string | undefined {
  return source === amazonExplorer ? 'amzn' : undefined;
}

/** Names of sources without an ecosystem of their name. */
const namesOfSources = /^(?:kev|epss|amazon-explorer|end-of-life|debian-tracker|alpine-secdb|oracle-linux|red-hat-vex|[a-z-]+:.+)$/;

/** The sources of an ecosystem as OSV writes it (`Debian`, `Alpine:v3.19`, `npm`); the name of a source stands for itself. */
export function sourcesOfEcosystem(name: string): readonly string[] {
  if (namesOfSources.test(name)) return [name];
  const base = baseEcosystem(name);
  const release = base === name ? undefined : name.slice(base.length + 1);
  return nativeSources[base]?.(release) ?? [`osv:${base}`];
}

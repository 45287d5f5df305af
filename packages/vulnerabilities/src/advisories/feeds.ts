import { VulnerabilitiesError } from '../vulnerabilities-error.js';
import { alpineSecdbFeed } from './alpine-secdb/alpine-secdb-feed.js';
import { amazonExplorerFeed } from './amazon-explorer/amazon-explorer-feed.js';
import { amazonLinuxFeed } from './amazon-linux/amazon-linux-feed.js';
import { azureLinuxFeed } from './azure-linux/azure-linux-feed.js';
import { debianTrackerFeed } from './debian-tracker/debian-tracker-feed.js';
import { endOfLifeFeed } from './end-of-life/end-of-life-feed.js';
import { epssFeed } from './epss/epss-feed.js';
import type { FeedAddresses } from './feed-addresses.js';
import type { Feed } from './feed.js';
import { kevFeed } from './kev/kev-feed.js';
import { oracleLinuxFeed } from './oracle-linux/oracle-linux-feed.js';
import { osvFeed } from './osv/osv-feed.js';
import { photonFeed } from './photon/photon-feed.js';
import { redHatVexFeed } from './red-hat-vex/red-hat-vex-feed.js';

/** Makes a feed. `part` is what follows the colon in the name of the source: an ecosystem, a release. `now` is in milliseconds. */
type MakeFeed = (addresses: FeedAddresses, part: string, now: number) => Feed;

interface KindOfFeed {
  readonly make: MakeFeed;
  /** What may follow the colon; absent when nothing does. */
  readonly part?: RegExp;
}

/** Every feed there is, by the first part of the name of its source. A new feed adds its line here. */
const kinds: Readonly<Record<string, KindOfFeed>> = {
  osv: { part: /^[\w. ()-]{1,64}$/, make: (addresses, ecosystem, now) => osvFeed(ecosystem, addresses.osv, now) },
  'amazon-linux': { part: /^(?:1|2|2023)$/, make: (addresses, release) => amazonLinuxFeed(release, addresses) },
  'amazon-explorer': { make: (addresses, _, now) => amazonExplorerFeed(addresses.amazonExplorer, now) },
  'azure-linux-oval': { part: /^(?:[12]|3)\.0$/, make: (addresses, release) => azureLinuxFeed(release, addresses.azureLinux) },
  'debian-tracker': { make: (addresses) => debianTrackerFeed(addresses.debianTracker) },
  'alpine-secdb': { part: /^(?:|edge|v\d{1,2}\.\d{1,3})$/, make: (addresses, branch) => alpineSecdbFeed(branch === '' ? undefined : branch, addresses.alpineSecdb, addresses.alpineRejections) },
  'oracle-linux': { make: (addresses) => oracleLinuxFeed(addresses.oracleLinux) },
  photon: { part: /^\d\.0$/, make: (addresses, release) => photonFeed(release, addresses.photon) },
  'red-hat-vex': { make: (addresses, _, now) => redHatVexFeed(addresses.redHatVex, now) },
  'end-of-life': { make: (addresses) => endOfLifeFeed(addresses.endOfLife) },
  kev: { make: (addresses) => kevFeed(addresses.kev) },
  epss: { make: (addresses) => epssFeed(addresses.epss) },
};

/** The feed of a source (`osv:npm`, `debian-tracker`). @throws VulnerabilitiesError `source-unknown`. */
export function feedOf(source: string, addresses: FeedAddresses, now: number): Feed {
  const colon = source.indexOf(':');
  const name = colon === -1 ? source : source.slice(0, colon);
  const part = colon === -1 ? '' : source.slice(colon + 1);
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  if (kind === undefined || (kind.part === undefined ? part !== '' : !kind.part.test(part))) {
    throw new VulnerabilitiesError('source-unknown', `There is no source of advisories called ${source}.`, 'Name an ecosystem as OSV writes it (Debian, npm, PyPI), or a source that esscm advisories status shows.', undefined, source);
  }
  return kind.make(addresses, part, now);
}

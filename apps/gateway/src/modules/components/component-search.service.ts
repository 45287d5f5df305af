import type { PackageVersionKey, PackageVersionRecord, Store } from '@esscm/store';
import { schemeOfPackageType } from '@esscm/vulnerabilities';
import type { FieldIssue } from '../../graphql/problem.type.js';
import type { ComponentVersion } from './component-search.type.js';
import { countsView, noFindings } from '../findings/finding-view.js';
import { matchOrder, type MatchSort, type PackageMatch } from './match-order.js';
import { parseSearchText } from './search-text.js';
import { isInRange, parseVersionRange, type VersionRange } from './version-range.js';

/** Versions looked at in one search. Above it the user is told to narrow it. */
const maximumVersions = 2000;
const maximumText = 300;

interface Found {
  /** In order; those that are shown become views. */
  readonly versions: readonly PackageMatch[];
  readonly componentCount: number;
  readonly imageCount: number;
  readonly imagesByConnection: readonly { readonly connectionId: string; readonly count: number }[];
  readonly truncated: boolean;
}

interface Wanted {
  readonly text: string;
  readonly versionRange?: string | null;
  readonly ecosystem?: string | null;
  readonly vulnerable?: boolean | null;
}

interface Order {
  readonly sort: MatchSort;
  readonly reversed: boolean;
}

const bestFirst: Order = { sort: 'match', reversed: false };

/** "Where is log4j?": components across every image of an organisation. */
export class ComponentSearchService {
  readonly #store: Pick<Store, 'packages'>;

  constructor(store: Pick<Store, 'packages'>) {
    this.#store = store;
  }

  /** What is in the present results, or what is wrong with the question. */
  async search(organizationId: string, { text, versionRange, ecosystem, vulnerable }: Wanted, { sort, reversed }: Order = bestFirst): Promise<Found | readonly FieldIssue[]> {
    const wanted = parseSearchText(text);
    const range = versionRange == null || versionRange.trim() === '' ? [] : parseVersionRange(versionRange);
    const issues: FieldIssue[] = [];
    if (wanted === undefined || text.length > maximumText) issues.push({ field: 'text', message: `Give a name or a package URL of at most ${maximumText} characters.` });
    if (range === undefined) issues.push({ field: 'versionRange', message: 'This is no version range. Write it as < 2.17.1 or >= 2.0, < 2.17.1.' });
    if (wanted === undefined || range === undefined || issues.length > 0) return issues;
    const { version, ...place } = wanted;
    const rows = await this.#store.packages.search(organizationId, { ...place, ...(ecosystem != null && ecosystem !== '' && { ecosystem }), limit: maximumVersions + 1 });
    const fitting = rows.slice(0, maximumVersions).filter((row) => (version === undefined || row.version === version) && isWanted(range, row));
    const counted = fitting.length === 0 ? [] : await this.#store.packages.findingCounts(organizationId, fitting);
    const findings = new Map(counted.map((row) => [keyOf(row), row]));
    const matching = fitting.map((row): PackageMatch => ({ ...row, findings: findings.get(keyOf(row)) })).filter((row) => vulnerable !== true || row.findings !== undefined);
    // Where a version is takes longer to count than all else, and is told of those on the page alone, but where the order goes by it.
    const placed = sort === 'images' || sort === 'projects' ? await this.#withSpreads(organizationId, matching) : matching;
    const matches = placed.toSorted(matchOrder(sort, reversed, wanted.name));
    const imagesByConnection = matches.length === 0 ? [] : await this.#store.packages.countImages(organizationId, matches);
    return {
      versions: matches,
      componentCount: new Set(matches.map(({ packageKey }) => packageKey)).size,
      imageCount: imagesByConnection.reduce((sum, { count }) => sum + count, 0),
      imagesByConnection,
      truncated: rows.length > maximumVersions,
    };
  }

  /** Versions that were found, as they are shown, one for each in the same order. */
  async views(organizationId: string, matches: readonly PackageMatch[]): Promise<readonly ComponentVersion[]> {
    const placed = matches.every(({ spread }) => spread !== undefined) ? matches : await this.#withSpreads(organizationId, matches);
    return placed.map(versionView);
  }

  async #withSpreads(organizationId: string, matches: readonly PackageMatch[]): Promise<readonly PackageMatch[]> {
    if (matches.length === 0) return [];
    const spreads = new Map((await this.#store.packages.spreads(organizationId, matches)).map((spread) => [spreadKeyOf(spread), spread]));
    return matches.map((match) => ({ ...match, spread: spreads.get(spreadKeyOf(match)) }));
  }
}

function isWanted(range: VersionRange, row: PackageVersionRecord): boolean {
  return range.length === 0 || isInRange(range, row.version, schemeOfPackageType(row.ecosystem));
}

/** Of a version that was judged. */
const nothingFound = { counts: noFindings, exploitedCount: 0 };

function keyOf({ packageKey, version }: PackageVersionKey): string {
  return JSON.stringify([packageKey, version]);
}

/** A version may be in several ecosystems under one key. */
function spreadKeyOf({ packageKey, ecosystem, version }: Pick<PackageVersionRecord, 'packageKey' | 'ecosystem' | 'version'>): string {
  return JSON.stringify([packageKey, ecosystem, version]);
}

/** What tells versions apart for those who ask. */
export function versionId({ packageKey, version }: PackageVersionKey): string {
  return `${packageKey}@${encodeURIComponent(version)}`;
}

/** Of what no image holds any more since it was found. */
const nowhere = { imageCount: 0, projectCount: 0, judgedImageCount: 0 };

function versionView({ findings, spread, ...row }: PackageMatch): ComponentVersion {
  const [, ...path] = row.packageKey.split('/');
  const namespace = path.slice(0, -1).map(decode).join('/');
  const { imageCount, projectCount, judgedImageCount } = spread ?? nowhere;
  const known = judgedImageCount === 0 ? undefined : (findings ?? nothingFound);
  return {
    ...row,
    imageCount,
    projectCount,
    judgedImageCount,
    findings: known && { counts: countsView(known.counts), exploitedCount: known.exploitedCount },
    id: versionId(row),
    namespace: namespace === '' ? undefined : namespace,
  };
}

/** A segment of a package URL; as it is when it is not encoded well. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

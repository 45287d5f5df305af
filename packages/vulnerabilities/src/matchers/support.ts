import type { AdvisoryDatabase, SupportCycle } from '../database/advisory-database.js';
import { amazonRelease } from './distribution-ecosystems.js';
import type { MatchNotice, RuntimeSupport, Support } from './finding.js';
import { isOperatingSystemPackage } from './look-ups.js';
import type { MatchComponent, MatchDistribution } from './match-input.js';

/** Names of distributions at endoflife.date, where os-release says another. */
const productsOfDistributions: Readonly<Record<string, string>> = {
  alpine: 'alpine-linux', amzn: 'amazon-linux', ol: 'oracle-linux', rocky: 'rocky-linux', 'opensuse-leap': 'opensuse', azurelinux: 'azure-linux', mariner: 'azure-linux',
};

/** Package URLs of runtimes that are written otherwise at endoflife.date; their versions are those of the runtime. */
const productsOfPackages: Readonly<Record<string, string>> = {
  'pkg:golang/stdlib': 'go', 'pkg:generic/go': 'go', 'pkg:generic/node': 'nodejs', 'pkg:generic/python': 'python', 'pkg:generic/php': 'php', 'pkg:generic/ruby': 'ruby', 'pkg:generic/perl': 'perl',
  'pkg:nuget/microsoft.netcore.app': 'dotnet', 'pkg:nuget/microsoft.aspnetcore.app': 'dotnet',
};

/** Codes of the notices that a day may bring, whatever advisories say. */
export const supportNoticeCodes: ReadonlySet<string> = new Set<MatchNotice['code']>(['distribution-unsupported', 'runtime-unsupported']);

/** What is known of the release of a distribution on a day (`YYYY-MM-DD`). Undefined when nothing is. */
export function supportOfDistribution(distribution: MatchDistribution, database: AdvisoryDatabase, today: string): Support | undefined {
  const product = database.product(productsOfDistributions[distribution.id] ?? distribution.id);
  const version = distribution.versionId === undefined ? undefined : releaseOf(distribution.id, distribution.versionId);
  return product === undefined || version === undefined ? undefined : supportOf(product, version, database, today);
}

/** The same of every component that is a release of a known product. Packages of a distribution are supported with it. */
export function supportOfRuntimes(components: readonly MatchComponent[], database: AdvisoryDatabase, today: string): RuntimeSupport[] {
  return components.flatMap((component) => {
    if (isOperatingSystemPackage(component)) return [];
    const identifier = component.packageUrl.replace(/[?#].*$/, '').replace(/@[^@/]*$/, '');
    const product = database.product(productsOfPackages[identifier.toLowerCase()] ?? identifier);
    const support = product === undefined ? undefined : supportOf(product, component.version.replace(/^(?:go|v)(?=\d)/, ''), database, today);
    return support === undefined ? [] : [{ ...support, componentId: component.id }];
  });
}

/**
 * Package URLs without version, in lower case, that may stand for a product whose support is known. Whether one does `supportOfRuntimes`
 * tells.
 */
export function packagesWithSupport(database: AdvisoryDatabase): string[] {
  return [...new Set([...Object.keys(productsOfPackages), ...database.productIdentifiers()].filter((identifier) => identifier.startsWith('pkg:')).map((identifier) => identifier.toLowerCase()))];
}

/** What of it the reader must know on a day. `packages` are the ids of the distribution's packages. */
export function supportNotices(distribution: Support | undefined, runtimes: readonly RuntimeSupport[], packages: readonly string[], today: string): MatchNotice[] {
  const notices: MatchNotice[] = [];
  if (distribution?.isSupported === false) {
    const { extendedEndsOn } = distribution;
    const left = extendedEndsOn !== undefined && today < extendedEndsOn ? `only extended support, until ${extendedEndsOn}, still brings fixes` : 'vulnerabilities found since may be missing here and will not be fixed';
    notices.push({ code: 'distribution-unsupported', message: `${inWords(distribution)}; ${left}.`, componentIds: packages });
  }
  const unsupported = Map.groupBy(runtimes.filter((runtime) => !runtime.isSupported), inWords);
  for (const [message, components] of unsupported) notices.push({ code: 'runtime-unsupported', message: `${message}.`, componentIds: components.map((component) => component.componentId) });
  return notices;
}

function inWords({ product, release, endsOn }: Support): string {
  return `${product} ${release} is no longer supported${endsOn === undefined ? '' : `, since ${endsOn}`}`;
}

/** As endoflife.date numbers them. */
function releaseOf(id: string, version: string): string {
  if (id === 'amzn') return amazonRelease(version) === '1' ? '2018.03' : amazonRelease(version);
  return version;
}

function supportOf(product: string, version: string, database: AdvisoryDatabase, today: string): Support | undefined {
  const cycle = cycleOf(version, database.supportCycles(product));
  if (cycle === undefined) return undefined;
  const { ends, extendedEnds } = cycle;
  return {
    product,
    release: cycle.cycle,
    isSupported: ends === undefined ? !cycle.ended : today < ends,
    ...(ends === undefined ? {} : { endsOn: ends }),
    ...(extendedEnds === undefined ? {} : { extendedEndsOn: extendedEnds }),
  };
}

/** The longest release number the version is of: `3.11.4` is of `3.11`, not of `3.1`. */
function cycleOf(version: string, cycles: readonly SupportCycle[]): SupportCycle | undefined {
  return cycles.filter(({ cycle }) => version === cycle || version.startsWith(`${cycle}.`)).toSorted((one, other) => other.cycle.length - one.cycle.length)[0];
}

import { amazonExplorer } from '../../matchers/distribution-ecosystems.js';
import { encodeEvents } from '../advisory-record.js';
import type { AdvisoryRecord, AffectedDetail, AffectedPackage } from '../advisory-record.js';
import type { ExplorerPage, ExplorerStatement, ExplorerStatus } from './read-page.js';

/**
 * What a page says beside the notices. Where it says *fixed* there is a notice, which knows the version. `now` is RFC 3339: pages do
 * not say when they changed, so it is when the page was asked for.
 */
export function recordOfPage(page: ExplorerPage, now: string): AdvisoryRecord {
  return {
    id: recordId(page.cve),
    kind: 'vulnerability',
    modified: now,
    published: undefined,
    withdrawn: undefined,
    summary: page.description.slice(0, 500),
    aliases: [],
    upstream: [page.cve],
    related: [],
    severities: page.vectors.map((score) => ({ type: typeOfVector(score), score })),
    affected: page.statements.flatMap((statement) => affectedPackage(statement) ?? []),
  };
}

/** The record of a CVE that the explorer was asked about. */
export function recordId(cve: string): string {
  return `AMAZON-${cve}`;
}

/** Of a CVE the explorer has no page for, as if it had taken one back: it says nothing, and is not asked about again at once. */
export function recordOfNoPage(cve: string, now: string): AdvisoryRecord {
  return { ...recordOfPage({ cve, description: '', vectors: [], statements: [] }, now), withdrawn: now };
}

function affectedPackage({ platform, package: name, status }: ExplorerStatement): AffectedPackage | undefined {
  const place = placeOf(platform);
  if (place === undefined || status === 'fixed') return undefined;
  const detail: AffectedDetail = { ...(place.versionLine === undefined ? {} : { versionLine: place.versionLine }), ...unfixed[status] };
  return {
    ecosystem: `${amazonExplorer}:${place.release}`,
    name,
    ranges: [encodeEvents([{ kind: 'introduced', version: '0' }, ...(status === 'not affected' ? [{ kind: 'fixed', version: '0' } as const] : [])])],
    versions: [],
    detail: Object.keys(detail).length === 0 ? undefined : detail,
  };
}

const unfixed: Readonly<Record<Exclude<ExplorerStatus, 'fixed'>, AffectedDetail>> = {
  'not affected': {},
  'pending fix': {},
  'no fix planned': { fixState: 'will-not-fix', fixNote: 'Amazon plans no fix for this package in this release' },
};

interface Place {
  readonly release: string;
  /** Of an extra, whose packages have the names of those of core. */
  readonly versionLine?: string;
}

/** Undefined for extras whose name tells no version: rpm does not remember which repository a package is from. */
function placeOf(platform: string): Place | undefined {
  const [, release, topic] = /^Amazon Linux (1|2|2023)(?: - (?:Core|(\S+) Extra))?$/i.exec(platform) ?? [];
  if (release === undefined) return undefined;
  if (topic === undefined) return { release };
  const [, versionLine] = /(\d+(?:\.\d+)*)$/.exec(topic) ?? [];
  return versionLine === undefined ? undefined : { release, versionLine };
}

function typeOfVector(score: string): string {
  const [, major] = /^CVSS:(\d)/.exec(score) ?? [];
  return `CVSS_V${major ?? '2'}`;
}

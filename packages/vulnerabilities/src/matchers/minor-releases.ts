import type { StreamFix } from '../advisories/advisory-record.js';
import { compareVersionKeys } from '../versions/version-scheme.js';
import type { VersionKey } from '../versions/version-scheme.js';
import type { ParseVersion } from './evaluate-range.js';

/** A build of Enterprise Linux, and the stream (`eus:9.4`) its image takes updates from; absent for the main one. */
export interface InstalledBuild {
  readonly version: string;
  readonly stream?: string | undefined;
}

/** What counts, of all fixes of one vulnerability in one package, for one build. */
export interface MinorReleaseFixes {
  /** The fix whose reaching means that the build has it; undefined where nothing is said of such builds or none is fixed. */
  readonly bound: string | undefined;
  /** Fixes above the installed build that its image can get, ascending. */
  readonly reachable: readonly string[];
  /** Fixes that only images on certain streams get. */
  readonly onStreams: readonly StreamFix[];
  /** Fixes that are of later minor releases than the stream of the image, ascending. */
  readonly later: readonly string[];
}

interface Fix {
  readonly version: string;
  readonly key: VersionKey;
  /** 4 of `.el9_4`; undefined for builds that came with a minor release as it was published. */
  readonly minor: number | undefined;
}

/**
 * Red Hat fixes a flaw in every minor release it maintains, each with a build of its own: in the main stream for the newest one,
 * in EUS, AUS, E4S and TUS for those that stay behind. A later minor release may have a higher version without the fix, so a build
 * is held against the fix of its own minor release, told by its tag; else against the nearest earlier one of the main stream; else
 * against the first. A build without a tag is held against the last, since what came with a minor release has no fix made after it.
 */
export function minorReleaseFixes({ version, stream }: InstalledBuild, main: readonly string[], streamFixes: readonly StreamFix[], parse: ParseVersion): MinorReleaseFixes {
  const installed = parse(version);
  const mainFixes = ascending(main, parse);
  const own = minorReleaseOf(version);
  const ofMinor = own === undefined ? [] : ascending([...main, ...streamFixes.map((fix) => fix.version)], parse).filter((fix) => fix.minor === own);
  const earlier = mainFixes.filter((fix) => fix.minor === undefined || (own !== undefined && fix.minor < own));
  const bound = own === undefined ? mainFixes.at(-1) : (ofMinor[0] ?? earlier.at(-1) ?? mainFixes[0]);
  const isAbove = (fix: Fix): boolean => installed === undefined || compareVersionKeys(installed, fix.key) < 0;
  const above = mainFixes.filter(isAbove);
  if (stream === undefined) return { bound: bound?.version, reachable: versionsOf(above), onStreams: streamFixes.filter((fix) => minorReleaseOf(fix.version) === own), later: [] };
  const staysOn = Number(stream.split('.').at(-1));
  const ofStream = ascending(streamFixes.filter((fix) => fix.streams.includes(stream)).map((fix) => fix.version), parse).filter(isAbove);
  const isReachable = (fix: Fix): boolean => fix.minor === undefined || fix.minor <= staysOn;
  return {
    bound: bound?.version,
    reachable: versionsOf([...ofStream, ...above.filter(isReachable)]),
    onStreams: [],
    later: versionsOf(above.filter((fix) => !isReachable(fix))),
  };
}

/** 4 of `1.0.9-6.el9_4.1` and of `0.78-11.module+el8.4.0+1`. */
export function minorReleaseOf(version: string): number | undefined {
  const [, minor] = /(?:\.el\d+_|\.module[+_]el\d+\.)(\d+)/.exec(version) ?? [];
  return minor === undefined ? undefined : Number(minor);
}

/** Content sets of the system itself: `rhel-9-for-x86_64-baseos-eus-rpms__9_DOT_4`, `rhel-7-server-eus-rpms__7_DOT_7__x86_64`. */
const systemContentSet = /^rhel-\d+-(?:for-[\w-]+-(?:baseos|appstream)|server)(?:-(eus|aus|e4s|tus))?-rpms(?:__(\d+)_DOT_(\d+))?(?:__.*)?$/;

/**
 * The stream an image takes its updates from, by the names of its content sets: `eus:9.4`. The minor release is that of the name,
 * else of os-release. Undefined for the main stream; one of its content sets is enough for that.
 */
export function streamOfContentSets(contentSets: readonly string[], versionId: string): string | undefined {
  const streams = contentSets.flatMap((name) => {
    const found = systemContentSet.exec(name);
    if (found === null) return [];
    const [, kind, major, minor] = found;
    return [kind === undefined ? undefined : `${kind}:${minor === undefined ? versionId : `${major}.${minor}`}`];
  });
  return streams.includes(undefined) ? undefined : streams[0];
}

/** Streams that stay on a minor release: `rhel_eus:9.4`, `rhel_eus_long_life:8.4`, and since release 10 `enterprise_linux_eus:10.0`. */
const streamProduct = /^cpe:\/[ao]:redhat:(?:rhel|enterprise_linux)_(eus|aus|e4s|tus|eus_long_life):(\d+\.\d+)(?::|$)/;

/** The stream a product of Red Hat is of, by its CPE; undefined for the main one. */
export function streamOfProduct(cpe: string): string | undefined {
  const [, kind, release] = streamProduct.exec(cpe) ?? [];
  return kind === undefined || release === undefined ? undefined : `${kind}:${release}`;
}

function ascending(versions: readonly string[], parse: ParseVersion): Fix[] {
  return versions
    .flatMap((version) => {
      const key = parse(version);
      return key === undefined ? [] : [{ version, key, minor: minorReleaseOf(version) }];
    })
    .toSorted((one, other) => compareVersionKeys(one.key, other.key));
}

function versionsOf(fixes: readonly Fix[]): string[] {
  return [...new Set(fixes.map((fix) => fix.version))];
}

import { decodeEvents, encodeEvents } from '../advisories/advisory-record.js';

/** What to compare for an rpm package, or undefined when the range is about another flavour of it. */
export interface RpmComparison {
  readonly version: string;
  readonly events: string;
}

/** The installed package: `module` is `name:stream`, where its rpm states one. */
export interface InstalledRpm {
  readonly version: string;
  /** The version is that of the source package. */
  readonly bySource: boolean;
  readonly module: string | undefined;
}

/** One range of a record: `module` is `name:stream`, where the record is about one. */
export interface RpmRange {
  readonly events: string;
  readonly module: string | undefined;
}

/**
 * Rules that come before the comparison. A fix for a module says nothing of a package outside modules, nor the reverse, nor of
 * another module or stream; where the stream is not stated on both sides, only builds of one line are compared. Fixes of
 * Oracle's Ksplice and FIPS builds are for such builds alone, and theirs are not judged by others. Epochs that only one side
 * states are left out: some sources never write them, and a source package file name has none.
 */
export function rpmComparison(installed: InstalledRpm, range: RpmRange): RpmComparison | undefined {
  const { version } = installed;
  const { events } = range;
  const bounds = decodeEvents(events).filter((event) => event.version !== '0');
  const fixed = bounds.find((event) => event.kind === 'fixed')?.version;
  if (fixed === undefined) {
    if (range.module !== installed.module || (range.module === undefined && isModularVersion(version))) return undefined;
  } else if (!isOfOneModule(installed, fixed, range.module) || flavourOf(version) !== flavourOf(fixed)) return undefined;
  const installedHasEpoch = /^\d+:/.test(version);
  const boundsHaveEpoch = bounds.some((event) => /^\d+:/.test(event.version));
  if (installedHasEpoch && !boundsHaveEpoch) return { version: withoutEpoch(version), events };
  if (installed.bySource && !installedHasEpoch && boundsHaveEpoch) {
    return { version, events: encodeEvents(decodeEvents(events).map((event) => ({ ...event, version: withoutEpoch(event.version) }))) };
  }
  return { version, events };
}

/** The bounds of `events` with the epochs the record writes, for bounds of a comparison, which may lack them; one of 0 says nothing. */
export function boundsAsWritten(bounds: readonly string[], events: string): string[] {
  const written = decodeEvents(events).map((event) => event.version);
  return bounds.map((bound) => (written.includes(bound) ? bound : (written.find((version) => !version.startsWith('0:') && withoutEpoch(version) === bound) ?? bound)));
}

/** True when a version is a line itself or continues it: `5.10.3-1` is of `5.10`, `5.100` is not. The epoch is left out. */
export function isOfLine(version: string, line: string): boolean {
  const plain = withoutEpoch(version);
  return plain.startsWith(line) && !/^\d/.test(plain.slice(line.length));
}

function isOfOneModule({ version, module }: InstalledRpm, fixed: string, moduleOfFix: string | undefined): boolean {
  const isModular = module !== undefined || isModularVersion(version);
  if (isModular !== (moduleOfFix !== undefined || isModularVersion(fixed))) return false;
  if (!isModular) return true;
  if (module !== undefined && moduleOfFix !== undefined) return module === moduleOfFix;
  const stream = (module ?? moduleOfFix)?.split(':')[1];
  // A stream named by a number is the version of its main package; others of the same module go by their own.
  if (stream !== undefined && /^\d/.test(stream) && isOfLine(module === undefined ? fixed : version, stream)) return isOfLine(version, stream) && isOfLine(fixed, stream);
  return majorVersion(fixed) === majorVersion(version);
}

function isModularVersion(version: string): boolean {
  return version.includes('module');
}

/** Oracle builds some packages more than once, from other sources and with other fixes. */
function flavourOf(version: string): 'ksplice' | 'fips' | undefined {
  if (/\.ksplice\d/.test(version)) return 'ksplice';
  return /_fips\b/.test(version) ? 'fips' : undefined;
}

function withoutEpoch(version: string): string {
  return version.replace(/^\d+:/, '');
}

function majorVersion(version: string): string {
  return /^\d*/.exec(withoutEpoch(version))?.[0] ?? '';
}

import { decodeEvents, encodeEvents } from '../advisories/advisory-record.js';

/** What to compare for an rpm package, or undefined when the range is about another flavour of it. */
export interface RpmComparison {
  readonly version: string;
  readonly events: string;
}

/**
 * Rules that come before the comparison: a modular fix says nothing of a package outside modules, and the reverse; two
 * modular builds are compared only within one major version (one stream). Epochs that only one side states are left out:
 * some sources never write them, and a source package file name has none.
 */
export function rpmComparison(version: string, events: string, bySource: boolean): RpmComparison | undefined {
  const bounds = decodeEvents(events).filter((event) => event.version !== '0');
  const isModular = version.includes('module');
  const fixed = bounds.find((event) => event.kind === 'fixed')?.version;
  if (fixed !== undefined) {
    if (fixed.includes('module') !== isModular) return undefined;
    if (isModular && majorVersion(fixed) !== majorVersion(version)) return undefined;
  }
  const installedHasEpoch = /^\d+:/.test(version);
  const boundsHaveEpoch = bounds.some((event) => /^\d+:/.test(event.version));
  if (installedHasEpoch && !boundsHaveEpoch) return { version: withoutEpoch(version), events };
  if (bySource && !installedHasEpoch && boundsHaveEpoch) {
    return { version, events: encodeEvents(decodeEvents(events).map((event) => ({ ...event, version: withoutEpoch(event.version) }))) };
  }
  return { version, events };
}

function withoutEpoch(version: string): string {
  return version.replace(/^\d+:/, '');
}

function majorVersion(version: string): string {
  return /^\d*/.exec(withoutEpoch(version))?.[0] ?? '';
}

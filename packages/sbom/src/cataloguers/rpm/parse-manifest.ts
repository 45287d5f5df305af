import { boundedText, isIdentifier } from '../bounded-text.js';
import type { RpmPackage } from './rpm-package.js';

/**
 * Reads `container-manifest-2`, which distroless images of CBL-Mariner and Azure Linux have in place of a database: a
 * line a package, with tabs between name, version-release, time of installation, time of building, vendor, epoch, size,
 * architecture, epoch as a number, and source package.
 * @returns the packages, and how many lines are none
 */
export function parseRpmManifest(text: string): { readonly packages: readonly RpmPackage[]; readonly broken: number } {
  const packages: RpmPackage[] = [];
  let broken = 0;
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const found = readLine(line.split('\t'));
    if (found === undefined) broken += 1;
    else if (found.name !== 'gpg-pubkey') packages.push(found);
  }
  return { packages, broken };
}

function readLine(columns: readonly string[]): RpmPackage | undefined {
  const [name = '', versionRelease = '', , , vendor, epochText = '', , architecture, epochNumber = '', sourceRpm] = columns;
  // Neither a version nor a release has a hyphen.
  const [, version, release] = /^([^-]+)-([^-]+)$/.exec(versionRelease) ?? [];
  if (columns.length !== 10 || version === undefined || release === undefined) return undefined;
  if (!isIdentifier(name) || !isIdentifier(versionRelease)) return undefined;
  // The number is 0 for packages without an epoch, too.
  const epoch = /^[0-9]{1,9}$/.test(epochText) ? epochText : /^[1-9][0-9]{0,8}$/.test(epochNumber) ? epochNumber : undefined;
  const optional = {
    epoch: epoch === undefined ? undefined : Number(epoch),
    architecture: given(architecture),
    sourceRpm: given(sourceRpm),
    vendor: given(vendor),
  };
  return {
    name,
    version,
    release,
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
    requires: [],
    provides: [],
    files: '',
  };
}

function given(text: string | undefined): string | undefined {
  const trimmed = text?.trim();
  return trimmed === '(none)' ? undefined : boundedText(trimmed);
}

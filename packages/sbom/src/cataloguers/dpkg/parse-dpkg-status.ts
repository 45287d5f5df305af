import type { FactDiagnostic } from '../../layers/layer-facts.js';
import { boundedText, isIdentifier } from '../bounded-text.js';
import { parseControl, type ControlStanza } from './parse-control.js';

/** One installed package of a dpkg database. Optional fields are absent where the stanza has none. */
export interface DpkgPackage {
  readonly name: string;
  readonly version: string;
  readonly architecture?: string;
  readonly source: { readonly name: string; readonly version: string };
  readonly maintainer?: string;
  readonly homepage?: string;
  /** The first line. */
  readonly description?: string;
  /** Pre-Depends and Depends, as they are written. */
  readonly depends?: string;
  readonly provides?: string;
}

export interface DpkgStatus {
  readonly packages: readonly DpkgPackage[];
  readonly diagnostics: readonly FactDiagnostic[];
}

const maximumDiagnostics = 50;

/** Third word of Status for packages whose files are not there (dpkg(1), package states). */
const absentStates = new Set(['not-installed', 'config-files']);

/**
 * Reads a dpkg status file, or one of the files of `status.d` in distroless images, whose stanzas have no Status.
 * Packages that are not installed are left out; a stanza without name or version is reported and left out.
 */
export function parseDpkgStatus(text: string): DpkgStatus {
  const { stanzas, unreadableLines } = parseControl(text);
  const packages: DpkgPackage[] = [];
  const diagnostics: FactDiagnostic[] = [];
  for (const stanza of stanzas) {
    if (!isInstalled(stanza.get('status'))) continue;
    const name = stanza.get('package') ?? '';
    const version = stanza.get('version') ?? '';
    if (!isIdentifier(name) || !isIdentifier(version)) {
      if (diagnostics.length < maximumDiagnostics) diagnostics.push(incompleteStanza(name, version));
      continue;
    }
    packages.push(readPackage(name, version, stanza));
  }
  if (unreadableLines > 0) {
    diagnostics.push({
      code: 'dpkg-unreadable-lines',
      severity: 'incomplete',
      message: `${unreadableLines} lines of the package database are no field of a package.`,
    });
  }
  return { packages, diagnostics };
}

function isInstalled(status: string | undefined): boolean {
  if (status === undefined) return true;
  const state = status.trim().split(/\s+/).at(-1) ?? '';
  return !absentStates.has(state);
}

function readPackage(name: string, version: string, stanza: ControlStanza): DpkgPackage {
  const depends = [stanza.get('pre-depends'), stanza.get('depends')].filter((list) => list !== undefined && list !== '');
  const optional = {
    architecture: boundedText(stanza.get('architecture')),
    maintainer: boundedText(stanza.get('maintainer')),
    homepage: boundedText(stanza.get('homepage')),
    description: boundedText(stanza.get('description')?.split('\n', 1)[0]),
    depends: depends.length === 0 ? undefined : depends.join(', '),
    provides: stanza.get('provides'),
  };
  return {
    name,
    version,
    source: readSource(stanza.get('source'), name, version),
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined && value !== '')),
  };
}

/** `name` or `name (version)`; a binary package without Source is built from a source of its own name and version. */
function readSource(source: string | undefined, name: string, version: string): DpkgPackage['source'] {
  const [, sourceName, sourceVersion] = /^(\S+)(?:\s*\(([^()\s]+)\))?\s*$/.exec(boundedText(source) ?? '') ?? [];
  return { name: sourceName ?? name, version: sourceVersion ?? version };
}

/** A stanza without a version is one of a package that was never unpacked; an absurd one hides a package that is there. */
function incompleteStanza(name: string, version: string): FactDiagnostic {
  return name === ''
    ? { code: 'dpkg-stanza-without-name', severity: 'notice', message: 'A stanza of the package database names no package.' }
    : {
        code: 'dpkg-stanza-without-version',
        severity: version === '' ? 'notice' : 'incomplete',
        message: `The package database gives no usable name and version for ${JSON.stringify(name.slice(0, 100))}.`,
      };
}

import { z } from 'zod';
import type { ComponentHash, Ecosystem } from '../../catalogue.js';
import { isIdentifier } from '../bounded-text.js';
import { whenNeeded } from '../../when-needed.js';

/** A package that a lock file asks for, in one version. */
export interface LockfileEntry {
  readonly ecosystem: Ecosystem;
  /** As the ecosystem writes it: `@scope/name`, `group:artifact`, `vendor/package`. */
  readonly name: string;
  readonly version: string;
  readonly hashes?: readonly ComponentHash[];
  /** Of the package URL, where the type demands one. */
  readonly qualifiers?: Readonly<Record<string, string>>;
}

/** Reads the text of one kind of lock file; may throw over text of another form. */
export type LockfileParser = (text: string) => readonly LockfileEntry[];

/** Entries of names and versions that can be such; what has none, a link to a folder say, is left out. */
export function entries(
  ecosystem: Ecosystem,
  found: Iterable<readonly [name: string | undefined, version: string | undefined, hashes?: readonly ComponentHash[]]>,
): readonly LockfileEntry[] {
  const unique = new Map<string, LockfileEntry>();
  for (const [name = '', version = '', hashes = []] of found) {
    if (!isIdentifier(name) || !isIdentifier(version) || /\s/.test(version)) continue;
    unique.set(`${name}@${version}`, { ecosystem, name, version, ...(hashes.length === 0 ? {} : { hashes }) });
  }
  return [...unique.values()];
}

/** A text whose odd values are passed over. */
export const optionalText = whenNeeded(() => z.string().optional().catch(undefined));

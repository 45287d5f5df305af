import { z } from 'zod';
import { isIdentifier } from '../bounded-text.js';
import { whenNeeded } from '../../when-needed.js';

/** The package a program was built for, as its linker was told. */
export interface PackageNote {
  /** Such as `rpm`, `deb`, `apk`. */
  readonly type: string;
  readonly name: string;
  readonly version: string;
  readonly architecture?: string;
  /** The `ID` and `VERSION_ID` of the distribution. */
  readonly os?: string;
  readonly osVersion?: string;
  readonly licence?: string;
}

const text = whenNeeded(() => z.string().trim().min(1).max(200).exactOptional().catch(undefined as never));
const noteSchema = whenNeeded(() =>
  z.object({
    type: z.string().regex(/^[a-z][a-z0-9+.-]{0,31}$/),
    name: z.string().trim().refine(isIdentifier),
    version: z.string().trim().refine(isIdentifier),
    architecture: text(),
    os: text(),
    osVersion: text(),
    license: text(),
  }),
);

/**
 * Reads the description of a package note (uapi-group.org, "Package Metadata for Executable Files"): JSON, perhaps with
 * zeros behind it.
 * @returns `undefined` for one that does not name a package and its version
 */
export function parsePackageNote(description: Buffer): PackageNote | undefined {
  const end = description.indexOf(0);
  let parsed: unknown;
  try {
    parsed = JSON.parse(description.toString('utf8', 0, end < 0 ? description.length : end));
  } catch {
    return undefined;
  }
  const note = noteSchema().safeParse(parsed).data;
  if (note === undefined) return undefined;
  const optional = { architecture: note.architecture, os: note.os, osVersion: note.osVersion, licence: note.license };
  return {
    type: note.type,
    name: note.name,
    version: note.version,
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
  };
}

import { isIdentifier } from '../bounded-text.js';
import { presentFields, type PackageRecord } from '../record-files.js';

/**
 * Reads `desc` of a package in pacman's local database, with `files` of the same folder behind it where that is at hand:
 * `%NAME%` alone on a line, its values a line each, a blank line.
 * @returns `undefined` for one without name or version
 */
export function parsePacmanDesc(text: string): PackageRecord | undefined {
  const fields = pacmanFields(text);
  const first = (name: string): string | undefined => fields.get(name)?.[0];
  const [name = '', version = ''] = [first('NAME'), first('VERSION')];
  if (!isIdentifier(name) || !isIdentifier(version)) return undefined;
  const architecture = first('ARCH');
  const dependencies = (fields.get('DEPENDS') ?? []).map(withoutVersion);
  const provides = (fields.get('PROVIDES') ?? []).map(withoutVersion);
  return {
    name,
    version,
    source: { name: first('BASE') ?? name, version },
    ...(architecture === undefined ? {} : { architecture }),
    licences: fields.get('LICENSE') ?? [],
    ...presentFields({ description: first('DESC'), homepage: first('URL'), supplier: first('PACKAGER') }),
    ...(dependencies.length === 0 ? {} : { dependencies }),
    ...(provides.length === 0 ? {} : { provides }),
  };
}

/** Files of a package, a line each, folders left out. */
export function parsePacmanFiles(text: string): string {
  return (pacmanFields(text).get('FILES') ?? []).filter((path) => !path.endsWith('/')).join('\n');
}

function pacmanFields(text: string): ReadonlyMap<string, readonly string[]> {
  const fields = new Map<string, string[]>();
  let values: string[] | undefined;
  for (const line of text.split(/\r?\n/)) {
    const name = /^%([A-Z0-9_]+)%$/.exec(line)?.[1];
    if (name !== undefined) {
      values = [];
      fields.set(name, values);
    } else if (line === '') values = undefined;
    else values?.push(line);
  }
  return fields;
}

function withoutVersion(text: string): string {
  return text.replace(/[<>=].*$/, '');
}

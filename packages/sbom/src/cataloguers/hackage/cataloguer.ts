import { isIdentifier } from '../bounded-text.js';
import { defineCataloguer, type Extraction } from '../cataloguer.js';
import { parseControl } from '../dpkg/parse-control.js';
import { assembleRecords, presentFields, type PackageRecord, type RecordFact } from '../record-files.js';

/** Haskell libraries that GHC has registered: a file each in a package database. */
export const hackageCataloguer = defineCataloguer<RecordFact>({
  name: 'hackage',
  version: 1,
  candidates: { endings: ['conf'] },
  wants: (path) => path.endsWith('.conf') && /(?:^|\/)package\.(?:conf|db)(?:\.d)?\/[^/]+\.conf$/.test(path),
  extract({ content }): Extraction<RecordFact> {
    const [stanza] = parseControl(content.toString()).stanzas;
    const record = stanza === undefined ? undefined : recordOf(stanza);
    return record === undefined ? {} : { fact: { records: [record] } };
  },
  assemble: (view) => assembleRecords(view, { ecosystem: 'hackage', packageUrl: ({ name, version }) => ({ type: 'hackage', name, version }) }),
});

/** GHC User's Guide, "InstalledPackageInfo: a package specification". What it depends on is named by unit ids. */
function recordOf(fields: ReadonlyMap<string, string>): PackageRecord | undefined {
  const [name = '', version = ''] = [fields.get('name')?.trim(), fields.get('version')?.trim()];
  if (!isIdentifier(name) || !/^\d[\d.]*$/.test(version) || !fields.has('id')) return undefined;
  const licence = fields.get('license')?.trim();
  const id = fields.get('id')?.trim() ?? '';
  return {
    name,
    version,
    licences: licence === undefined || licence === '' ? [] : [licence],
    provides: isIdentifier(id) ? [id] : [],
    ...presentFields({ description: fields.get('synopsis'), homepage: fields.get('homepage'), supplier: fields.get('maintainer') }),
    dependencies: (fields.get('depends') ?? '').split(/\s+/).filter((unit) => unit !== ''),
  };
}

import { isIdentifier } from '../bounded-text.js';
import { defineCataloguer, type Extraction } from '../cataloguer.js';
import { assembleRecords, presentFields, type PackageRecord, type RecordFact } from '../record-files.js';
import { parsePhpSerialised, type PhpValue } from './parse-php-serialised.js';

/** PHP packages and extensions that pear and pecl installed: a serialised record each in the registry. */
export const pearCataloguer = defineCataloguer<RecordFact>({
  name: 'pear',
  version: 1,
  candidates: { endings: ['reg'] },
  wants: (path) => path.endsWith('.reg') && /(?:^|\/)\.registry\/(?:\.channel\.[^/]+\/)?[^/]+\.reg$/.test(path),
  extract({ content }): Extraction<RecordFact> {
    const record = recordOf(parsePhpSerialised(content));
    if (record !== undefined) return { fact: { records: [record] } };
    return { diagnostics: [{ code: 'pear-record-unreadable', severity: 'incomplete', message: 'A record of a PEAR registry has no name or no version that can be read.' }] };
  },
  assemble: (view) =>
    assembleRecords(view, {
      ecosystem: 'pear',
      packageUrl: ({ name, version, group }) => ({ type: 'pear', namespace: group, name, version }),
    }),
});

/** Version 2 of package.xml puts texts where version 1 had them, and in more places. */
function recordOf(value: PhpValue | undefined): PackageRecord | undefined {
  const name = textAt(value, 'name') ?? textAt(value, 'package') ?? '';
  const version = textAt(value, 'version', 'release') ?? textAt(value, 'version') ?? '';
  if (!isIdentifier(name) || !isIdentifier(version)) return undefined;
  const licence = textAt(value, 'license', '_content') ?? textAt(value, 'license');
  return {
    name,
    version,
    licences: licence === undefined ? [] : [licence.slice(0, 200)],
    ...presentFields({ description: textAt(value, 'summary') }),
    group: textAt(value, 'channel') ?? 'pear.php.net',
  };
}

function textAt(value: PhpValue | undefined, ...keys: readonly string[]): string | undefined {
  let current = value;
  for (const key of keys) current = current instanceof Map ? current.get(key) : undefined;
  return typeof current === 'string' ? current : undefined;
}

import { isIdentifier } from '../bounded-text.js';
import { defineCataloguer, type Extraction } from '../cataloguer.js';
import { assembleRecords, presentFields, type PackageRecord, type RecordFact } from '../record-files.js';

/** Lua modules as LuaRocks installed them: `rocks-5.1/NAME/VERSION/NAME-VERSION.rockspec`. */
export const luarocksCataloguer = defineCataloguer<RecordFact>({
  name: 'luarocks',
  version: 1,
  candidates: { endings: ['rockspec'] },
  wants: (path) => path.endsWith('.rockspec') && /(?:^|\/)rocks(?:-[\d.]+)?\/[^/]+\/[^/]+\/[^/]+\.rockspec$/.test(path),
  extract({ content }): Extraction<RecordFact> {
    const record = parseRockspec(content.toString().slice(0, 1024 * 1024));
    if (record !== undefined) return { fact: { records: [record] } };
    return { diagnostics: [{ code: 'rockspec-unreadable', severity: 'incomplete', message: 'The specification of a Lua module has no name or no version that can be read.' }] };
  },
  assemble: (view) => assembleRecords(view, { ecosystem: 'luarocks', packageUrl: ({ name, version }) => ({ type: 'luarocks', name, version }) }),
});

/** A rockspec is Lua, which is not run: assignments of plain texts are read, whatever stands around them. */
function parseRockspec(source: string): PackageRecord | undefined {
  const text = source.replaceAll(/^\s*--.*$/gm, '');
  const [name = '', version = ''] = [assigned(text, 'package'), assigned(text, 'version')];
  if (!isIdentifier(name) || !isIdentifier(version)) return undefined;
  const start = text.search(/^\s*description\s*=\s*\{/m);
  const description = start < 0 ? '' : text.slice(start, start + 10_000);
  const dependencies = /^\s*dependencies\s*=\s*\{([^}]*)\}/m.exec(text)?.[1] ?? '';
  const licence = assigned(description, 'license');
  return {
    name: name.toLowerCase(),
    version,
    licences: licence === undefined ? [] : [licence],
    ...presentFields({ description: assigned(description, 'summary'), homepage: assigned(description, 'homepage'), supplier: assigned(description, 'maintainer') }),
    dependencies: [...dependencies.matchAll(/["']\s*([\w.-]+)/g)].map(([, dependency = '']) => dependency.toLowerCase()).filter((dependency) => dependency !== 'lua'),
  };
}

function assigned(text: string, name: string): string | undefined {
  return new RegExp(String.raw`^\s*${name}\s*=\s*(?:"([^"\n]{0,500})"|'([^'\n]{0,500})')`, 'm').exec(text)?.slice(1).find((value) => value !== undefined);
}

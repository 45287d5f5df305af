import { baseName, parentPath } from '../../layers/layer-path.js';
import { isIdentifier } from '../bounded-text.js';
import { defineCataloguer, type Extraction } from '../cataloguer.js';
import { assembleRecords, presentFields, type PackageRecord, type RecordFact } from '../record-files.js';

/** Applications of Erlang and Elixir, releases of which are made: `ebin/NAME.app`. */
export const otpCataloguer = defineCataloguer<RecordFact>({
  name: 'otp',
  version: 1,
  candidates: { endings: ['app'] },
  wants: (path) => path.endsWith('.app') && baseName(parentPath(path)) === 'ebin',
  extract({ content }): Extraction<RecordFact> {
    const record = parseApplication(content.toString().slice(0, 1024 * 1024));
    return record === undefined ? {} : { fact: { records: [record] } };
  },
  assemble: (view) =>
    assembleRecords(view, {
      ecosystem: 'otp',
      folders: (path) => [parentPath(parentPath(path))],
      packageUrl: ({ name, version }) => ({ type: 'otp', name, version }),
    }),
});

/** An Erlang term (app(4)): `{application, Name, [{vsn, "1.2"}, {applications, [kernel, stdlib]}, …]}`. Templates have no version yet. */
function parseApplication(text: string): PackageRecord | undefined {
  const name = /\{\s*application\s*,\s*'?([a-z][\w@]*)'?\s*,/.exec(text)?.[1] ?? '';
  const version = /\{\s*vsn\s*,\s*"([^"]{1,100})"\s*\}/.exec(text)?.[1] ?? '';
  if (!isIdentifier(name) || !/^\d[\w.+-]*$/.test(version)) return undefined;
  const dependencies = /\{\s*applications\s*,\s*\[([^\]]*)\]/.exec(text)?.[1] ?? '';
  return {
    name,
    version,
    ...presentFields({ description: /\{\s*description\s*,\s*"([^"]{1,500})"/.exec(text)?.[1] }),
    dependencies: [...dependencies.matchAll(/[a-z][\w@]*/g)].map(([dependency]) => dependency),
  };
}

import { baseName, parentPath } from '../../layers/layer-path.js';
import { isIdentifier } from '../bounded-text.js';
import { defineCataloguer, type Extraction } from '../cataloguer.js';
import { cpeName } from '../cpe-name.js';
import { assembleRecords, presentFields, type RecordFact } from '../record-files.js';

/** WordPress itself, its plugins and its themes, by the headers of their main files. */
export const wordpressCataloguer = defineCataloguer<RecordFact>({
  name: 'wordpress',
  version: 1,
  candidates: { endings: ['php', 'css'] },
  wants: (path) =>
    (path.endsWith('.php') && (path.endsWith('wp-includes/version.php') || /(?:^|\/)wp-content\/plugins\/[^/]+\/[^/]+\.php$/.test(path))) ||
    (path.endsWith('/style.css') && /(?:^|\/)wp-content\/themes\/[^/]+\/style\.css$/.test(path)),
  extract({ path, content }): Extraction<RecordFact> {
    // WordPress itself reads no further.
    const head = content.toString('utf8', 0, 8192);
    if (path.endsWith('wp-includes/version.php')) {
      const version = /^\s*\$wp_version\s*=\s*'([\w.-]{1,50})'/m.exec(head)?.[1];
      return version === undefined ? {} : { fact: { records: [{ name: 'wordpress', version }] } };
    }
    const version = header(head, 'Version') ?? '';
    const title = header(head, path.endsWith('.css') ? 'Theme Name' : 'Plugin Name');
    if (title === undefined || !isIdentifier(version)) return {};
    const licence = header(head, 'License');
    return {
      fact: {
        records: [
          {
            name: baseName(parentPath(path)),
            version,
            licences: licence === undefined ? [] : [licence],
            ...presentFields({ description: title, homepage: header(head, 'Plugin URI') ?? header(head, 'Theme URI'), supplier: header(head, 'Author') }),
          },
        ],
      },
    };
  },
  assemble: (view) =>
    assembleRecords(view, {
      ecosystem: 'wordpress',
      packageUrl: ({ name, version }) => ({ type: 'wordpress', name, version }),
      cpes: ({ name, version }) => (name === 'wordpress' ? [cpeName('wordpress:wordpress', version)] : []),
    }),
});

/** developer.wordpress.org, "Header Requirements". */
function header(text: string, name: string): string | undefined {
  const value = new RegExp(String.raw`^[ \t/*#@]*${name}:(.{1,300})$`, 'im').exec(text)?.[1]?.replace(/\*\/.*$/, '').trim();
  return value === undefined || value === '' ? undefined : value;
}

import { baseName, joinPath, parentPath } from '../../layers/layer-path.js';
import { defineCataloguer, type Extraction } from '../cataloguer.js';
import { distroQualifier, upstreamQualifier } from '../distribution-qualifiers.js';
import { assembleRecords, type RecordFact } from '../record-files.js';
import { parsePacmanDesc, parsePacmanFiles } from './parse-pacman-desc.js';

const database = /(?:^|\/)var\/lib\/pacman\/local\/[^/]+\/(?:desc|files)$/;

/** Arch Linux and what descends from it. */
export const pacmanCataloguer = defineCataloguer<RecordFact>({
  name: 'pacman',
  version: 1,
  candidates: { names: ['desc', 'files'] },
  wants: (path) => (path.endsWith('/desc') || path.endsWith('/files')) && database.test(path),
  extract({ path, content }): Extraction<RecordFact> {
    if (baseName(path) === 'files') return { fact: { files: parsePacmanFiles(content.toString()) } };
    const record = parsePacmanDesc(content.toString());
    if (record !== undefined) return { fact: { records: [record] } };
    return { diagnostics: [{ code: 'pacman-record-without-name-or-version', severity: 'incomplete', message: 'A package of pacman’s database has no name or no version.' }] };
  },
  assemble: (view) =>
    assembleRecords(view, {
      ecosystem: 'alpm',
      ownsFiles: true,
      isOwn: (path) => path.startsWith('var/lib/pacman/'),
      companions: (path) => [joinPath(parentPath(path), 'files')],
      packageUrl: ({ name, version, architecture, source }) => ({
        type: 'alpm',
        namespace: view.distribution?.id ?? 'arch',
        name,
        version,
        qualifiers: {
          arch: architecture,
          distro: distroQualifier(view.distribution),
          upstream: source === undefined ? undefined : upstreamQualifier({ name, version }, source),
        },
      }),
    }),
});

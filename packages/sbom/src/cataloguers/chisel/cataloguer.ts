import { zstdDecompressSync } from 'node:zlib';
import { z } from 'zod';
import { isIdentifier } from '../bounded-text.js';
import { defineCataloguer, type Extraction } from '../cataloguer.js';
import { distroQualifier } from '../distribution-qualifiers.js';
import { assembleRecords, type PackageRecord, type RecordFact } from '../record-files.js';
import { whenNeeded } from '../../when-needed.js';

/** Of the manifest of an image of some hundred packages. */
const maximumManifestBytes = 256 * 1024 * 1024;

const line = whenNeeded(() =>
  z.union([
    z.object({ kind: z.literal('package'), name: z.string().refine(isIdentifier), version: z.string().refine(isIdentifier), arch: z.string().exactOptional(), sha256: z.string().exactOptional() }),
    z.object({ kind: z.literal('content'), slice: z.string(), path: z.string() }),
  ]),
);

/** Ubuntu packages of which only slices were installed: Chisel's manifest, lines of JSON packed with zstd, stands for dpkg's database. */
export const chiselCataloguer = defineCataloguer<RecordFact>({
  name: 'chisel',
  version: 1,
  candidates: { names: ['manifest.wall'] },
  wants: (path) => path.endsWith('var/lib/chisel/manifest.wall'),
  extract({ content }): Extraction<RecordFact> {
    let text: string;
    try {
      text = zstdDecompressSync(content, { maxOutputLength: maximumManifestBytes }).toString();
    } catch {
      return { diagnostics: [{ code: 'chisel-manifest-unreadable', severity: 'incomplete', message: 'The manifest of Chisel cannot be unpacked.' }] };
    }
    return { fact: { records: readManifest(text) } };
  },
  assemble: (view) =>
    assembleRecords(view, {
      ecosystem: 'deb',
      ownsFiles: true,
      isOwn: (path) => path === 'var/lib/chisel/manifest.wall',
      packageUrl: ({ name, version, architecture }) => ({
        type: 'deb',
        namespace: view.distribution?.id,
        name,
        version,
        qualifiers: { arch: architecture, distro: distroQualifier(view.distribution) },
      }),
    }),
});

/** A slice is called `package_slice`, and neither name holds the line between them. */
function readManifest(text: string): readonly PackageRecord[] {
  const records = new Map<string, PackageRecord>();
  const files = new Map<string, string[]>();
  for (const source of text.split('\n')) {
    const parsed = source === '' ? undefined : line().safeParse(parseLine(source)).data;
    if (parsed?.kind === 'package') {
      const { name, version, arch, sha256 } = parsed;
      const hashes = sha256 !== undefined && /^[0-9a-f]{64}$/.test(sha256) ? [{ algorithm: 'SHA-256' as const, value: sha256 }] : [];
      records.set(name, { name, version, ...(arch === undefined ? {} : { architecture: arch }), hashes });
    } else if (parsed?.kind === 'content' && !parsed.path.endsWith('/') && !parsed.path.includes('\n')) {
      const name = parsed.slice.split('_', 1)[0] ?? '';
      const known = files.get(name);
      const path = parsed.path.replace(/^\//, '');
      if (known === undefined) files.set(name, [path]);
      else known.push(path);
    }
  }
  return [...records.values()].map((record) => ({ ...record, files: (files.get(record.name) ?? []).join('\n') }));
}

function parseLine(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return undefined;
  }
}

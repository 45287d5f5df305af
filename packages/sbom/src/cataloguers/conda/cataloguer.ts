import { z } from 'zod';
import { joinPath, parentPath } from '../../layers/layer-path.js';
import { isIdentifier } from '../bounded-text.js';
import { defineCataloguer, type Extraction } from '../cataloguer.js';
import { withoutCredentials } from '../download-url.js';
import { assembleRecords, presentFields, type PackageRecord, type RecordFact } from '../record-files.js';
import { whenNeeded } from '../../when-needed.js';

const text = whenNeeded(() => z.string().optional().catch(undefined));
const record = whenNeeded(() =>
  z.object({
    name: z.string().refine(isIdentifier),
    version: z.string().refine(isIdentifier),
    build: text(),
    channel: text(),
    subdir: text(),
    license: text(),
    md5: z.string().regex(/^[0-9a-f]{32}$/).optional().catch(undefined),
    sha256: z.string().regex(/^[0-9a-f]{64}$/).optional().catch(undefined),
    url: text(),
    fn: text(),
    depends: z.array(z.string()).max(10_000).optional().catch(undefined),
    files: z.array(z.string()).max(200_000).optional().catch(undefined),
  }),
);

const location = /(?:^|\/)conda-meta\/[^/]+\.json$/;

/** Packages of conda, mamba and pixi, in the base environment as in any other. They own the Python distributions inside them. */
export const condaCataloguer = defineCataloguer<RecordFact>({
  name: 'conda',
  version: 1,
  candidates: { endings: ['json'] },
  wants: (path) => path.endsWith('.json') && location.test(path),
  extract({ path, content }): Extraction<RecordFact> {
    let document: unknown;
    try {
      document = JSON.parse(content.toString());
    } catch {
      document = undefined;
    }
    const parsed = record().safeParse(document).data;
    if (parsed !== undefined) return { fact: { records: [recordOf(parsed, parentPath(parentPath(path)))] } };
    return { diagnostics: [{ code: 'conda-record-unreadable', severity: 'incomplete', message: 'A record of conda is no JSON, or has no name or no version.' }] };
  },
  assemble: (view) => assembleRecords(view, { ecosystem: 'conda', ownsFiles: true, packageUrl: ({ name, version }) => ({ type: 'conda', name, version }) }),
});

/** @param prefix folder of the environment, which file names are relative to */
function recordOf(found: z.infer<ReturnType<typeof record>>, prefix: string): PackageRecord {
  const { name, version, build, channel, subdir, license, md5, sha256, url, fn, depends = [], files = [] } = found;
  const type = /\.(tar\.bz2|conda)$/.exec(fn ?? url ?? '')?.[1];
  return {
    name,
    version,
    licences: license === undefined || license === '' ? [] : [license],
    hashes: [...(sha256 === undefined ? [] : [{ algorithm: 'SHA-256' as const, value: sha256 }]), ...(md5 === undefined ? [] : [{ algorithm: 'MD5' as const, value: md5 }])],
    ...presentFields({ downloadUrl: url === undefined ? undefined : withoutCredentials(url) }),
    dependencies: depends.flatMap((term) => /^[\w.-]+/.exec(term)?.[0] ?? []),
    qualifiers: presentFields({ build, channel: channelName(channel), subdir, type }),
    files: files.filter((file) => !file.includes('\n')).map((file) => joinPath(prefix, file)).join('\n'),
  };
}

/** The last part of an address: `conda-forge`, `main`. */
function channelName(channel: string | undefined): string | undefined {
  return channel?.split('/').filter((part) => part !== '' && !/^(?:noarch|linux-\w+|osx-\w+|win-\w+)$/.test(part)).at(-1);
}

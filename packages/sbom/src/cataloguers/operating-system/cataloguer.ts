import { baseName } from '../../layers/layer-path.js';
import { defineCataloguer, type Extraction } from '../cataloguer.js';
import { releaseFiles, type ReleaseFact } from './identify-distribution.js';
import { parseOsRelease } from './parse-os-release.js';

/** Fields of os-release that are kept; the rest is addresses and colours. */
const keptFields = ['ID', 'ID_LIKE', 'NAME', 'VERSION_ID', 'VERSION_CODENAME', 'UBUNTU_CODENAME', 'PRETTY_NAME', 'VARIANT_ID', 'CPE_NAME'];

const osReleaseNames = ['etc/os-release', 'usr/lib/os-release'];
const lineNames = ['etc/alpine-release', 'etc/debian_version', ...releaseFiles];

/** Reads what names the distribution. Makes no components: `identifyDistribution` reads its facts. */
export const operatingSystemCataloguer = defineCataloguer<ReleaseFact>({
  name: 'operating-system',
  version: 2,
  candidates: { names: [...osReleaseNames, ...lineNames].map(baseName) },
  wants: (path, _mode, sizeBytes) =>
    sizeBytes <= 64 * 1024 && (path.endsWith('os-release') || lineNames.includes(path)) && isReleaseFile(path),
  extract({ path, content }): Extraction<ReleaseFact> {
    // The name of CentOS's release file ends like os-release.
    if (lineNames.includes(path) || !path.endsWith('os-release')) return { fact: { kind: 'line', text: content.toString().trim().slice(0, 100) } };
    const fields = parseOsRelease(content.toString());
    return {
      fact: {
        kind: 'os-release',
        fields: Object.fromEntries(keptFields.flatMap((name) => (fields.has(name) ? [[name, fields.get(name) ?? '']] : []))),
      },
    };
  },
  assemble: () => ({ components: [] }),
});

/** Also below another folder, as `/etc/os-release` may be a link to `/usr/lib/os.release.d/os-release-…`. */
function isReleaseFile(path: string): boolean {
  return osReleaseNames.includes(path) || lineNames.includes(path) || path.startsWith('usr/lib/') || path.startsWith('etc/');
}

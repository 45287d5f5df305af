import { baseName } from '../../layers/layer-path.js';
import { defineCataloguer, type Extraction } from '../cataloguer.js';
import { isBuildInformation, parseBuildInformation } from './build-information.js';
import { releaseFiles, type ReleaseFact } from './identify-distribution.js';
import { parseOsRelease } from './parse-os-release.js';

/** Fields of os-release that are kept; the rest is addresses and colours. */
const keptFields = ['ID', 'ID_LIKE', 'NAME', 'VERSION_ID', 'VERSION_CODENAME', 'UBUNTU_CODENAME', 'PRETTY_NAME', 'VARIANT_ID', 'CPE_NAME'];

const osReleaseNames = ['etc/os-release', 'usr/lib/os-release'];
const lineNames = ['etc/alpine-release', 'etc/debian_version', ...releaseFiles];

/** With the list of what was built in, which is passed over. */
const maximumManifestBytes = 8 * 1024 * 1024;

/** Reads what names the distribution. Makes no components: `identifyDistribution` reads its facts. */
export const operatingSystemCataloguer = defineCataloguer<ReleaseFact>({
  name: 'operating-system',
  version: 3,
  candidates: { names: [...osReleaseNames, ...lineNames].map(baseName), endings: ['json'] },
  wants: (path, _mode, sizeBytes) =>
    (sizeBytes <= 64 * 1024 && (path.endsWith('os-release') || lineNames.includes(path)) && isReleaseFile(path)) || (isBuildInformation(path) && sizeBytes <= maximumManifestBytes),
  extract({ path, content }): Extraction<ReleaseFact> {
    if (isBuildInformation(path)) return extractBuildInformation(content.toString());
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

function extractBuildInformation(text: string): Extraction<ReleaseFact> {
  try {
    const fact = parseBuildInformation(text);
    return fact === undefined ? {} : { fact };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { diagnostics: [{ code: 'build-information-unreadable', severity: 'notice', message: 'The file about the build of the image is no JSON.' }] };
  }
}

/** Also below another folder, as `/etc/os-release` may be a link to `/usr/lib/os.release.d/os-release-…`. */
function isReleaseFile(path: string): boolean {
  return osReleaseNames.includes(path) || lineNames.includes(path) || path.startsWith('usr/lib/') || path.startsWith('etc/');
}

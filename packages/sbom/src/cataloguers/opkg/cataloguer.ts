import { defineCataloguer, type Extraction } from '../cataloguer.js';
import { distroQualifier } from '../distribution-qualifiers.js';
import { parseControl } from '../dpkg/parse-control.js';
import { parseDpkgStatus, type DpkgPackage } from '../dpkg/parse-dpkg-status.js';
import { assembleRecords, presentFields, type PackageRecord, type RecordFact } from '../record-files.js';

/** OpenWrt and other small systems. Status files are of dpkg's form; licences are in them. */
export const opkgCataloguer = defineCataloguer<RecordFact>({
  name: 'opkg',
  version: 1,
  candidates: { names: ['status'], endings: ['control', 'list'] },
  wants: (path) => path.includes('lib/opkg/') && (path.endsWith('lib/opkg/status') || /lib\/opkg\/info\/[^/]+\.(?:control|list)$/.test(path)),
  extract({ path, content }): Extraction<RecordFact> {
    const text = content.toString();
    if (path.endsWith('.list')) return { fact: { files: text.replaceAll(/^\//gm, '') } };
    const { packages, diagnostics } = parseDpkgStatus(text);
    const stanzas = new Map(parseControl(text).stanzas.map((stanza) => [stanza.get('package') ?? '', stanza]));
    return { fact: { records: packages.map((found) => recordOf(found, stanzas.get(found.name)?.get('license'))) }, diagnostics };
  },
  assemble(view) {
    // The control files repeat what the status file says; where there is one, they add nothing.
    const hasStatus = view.files.some(({ path }) => path.endsWith('/status'));
    return assembleRecords(view, {
      ecosystem: 'opkg',
      ownsFiles: true,
      isOwn: (path) => /^(?:usr|var)\/lib\/opkg\//.test(path) && (!hasStatus || path.endsWith('/status')),
      packageUrl: ({ name, version, architecture }) => ({
        type: 'opkg',
        namespace: view.distribution?.id,
        name,
        version,
        qualifiers: { arch: architecture, distro: distroQualifier(view.distribution) },
      }),
    });
  },
});

function recordOf({ name, version, architecture, source, description, homepage, maintainer, depends = '' }: DpkgPackage, licences = ''): PackageRecord {
  const dependencies = depends.split(',').flatMap((term) => /^\s*([\w.+-]+)/.exec(term)?.[1] ?? []);
  return {
    name,
    version,
    source,
    ...presentFields({ architecture, description, homepage, supplier: maintainer }),
    licences: licences.split(/\s+/).filter((word) => word !== ''),
    ...(dependencies.length === 0 ? {} : { dependencies }),
  };
}

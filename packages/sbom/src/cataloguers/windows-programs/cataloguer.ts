import { packageUrl } from '../../package-url.js';
import { baseName } from '../../layers/layer-path.js';
import { defineCataloguer, type Assembly, type CatalogueView, type ComponentDraft, type ViewFile } from '../cataloguer.js';
import type { VersionResource } from '../parse-version-resource.js';
import { VersionResourceScanner } from './version-resource-scanner.js';

type ProgramFile = ViewFile<VersionResource>;

const endings = ['exe', 'dll', 'pyd', 'ocx', 'sys', 'cpl'];

/** What anyone can write into a resource, and usually a build does. */
const confidence = 0.6;

/** Files of Windows itself that have its version as theirs, likeliest first. */
const kernels = ['ntoskrnl.exe', 'kernelbase.dll', 'kernel32.dll', 'ntdll.dll'];

/**
 * Programs and libraries of Windows that are no assemblies of .NET, by what their version resources say. What is of Windows
 * itself is one component.
 */
export const windowsProgramsCataloguer = defineCataloguer<VersionResource>({
  name: 'windows-programs',
  version: 1,
  candidates: { endings },
  wants: (path, _mode, sizeBytes) => sizeBytes > 0 && endings.includes(path.slice(path.lastIndexOf('.') + 1).toLowerCase()),
  scan: ({ sizeBytes }, head) => (head.length >= 64 && head.toString('latin1', 0, 2) === 'MZ' ? new VersionResourceScanner(sizeBytes) : undefined),
  assemble(view): Assembly {
    const system = view.files.filter(({ fact }) => isOfWindows(fact));
    const kernel = kernels.flatMap((name) => system.filter(({ path }) => baseName(path).toLowerCase() === name)).at(0);
    const windows = kernel === undefined ? undefined : component(view, kernel, 'Microsoft Windows');
    return {
      components: windows === undefined ? [] : [windows],
      guessesInsidePackages: true,
      guesses: view.files.flatMap((file) => {
        const { fact } = file;
        const name = nameOf(fact);
        return isOfWindows(fact) || name === undefined ? [] : (component(view, file, name) ?? []);
      }),
      contents: windows === undefined ? [] : [{ owner: windows, files: system.map(({ path }) => path) }],
    };
  },
});

/** Microsoft calls the product what a library was shipped with. */
function nameOf({ company, product, description }: VersionResource): string | undefined {
  return company?.startsWith('Microsoft') === true ? (description ?? product) : (product ?? description);
}

function isOfWindows({ company, product }: VersionResource): boolean {
  return company?.startsWith('Microsoft') === true && /^(?:Microsoft\S* )?Windows\S* Operating System$/.test(product ?? '');
}

/** `undefined` where the resource has no version. */
function component(view: CatalogueView<VersionResource>, file: ProgramFile, name: string): ComponentDraft | undefined {
  const { fact, path } = file;
  const version = versionOf(fact.productVersion) ?? versionOf(fact.fileVersion);
  if (version === undefined) return undefined;
  const introducedIn = view.introducedIn(file, (other) => other.product === fact.product && other.productVersion === fact.productVersion && other.fileVersion === fact.fileVersion);
  return {
    ecosystem: 'generic',
    name,
    version,
    packageUrl: packageUrl({ type: 'generic', name, version }),
    licences: [],
    ...(fact.description === undefined || fact.description === name ? {} : { description: fact.description }),
    ...(fact.company === undefined ? {} : { supplier: fact.company }),
    ...(fact.copyright === undefined ? {} : { copyright: fact.copyright }),
    locations: [view.location(path, introducedIn)],
    evidence: { technique: 'binary-analysis', confidence },
  };
}

/** Old tools write the four numbers of a version with commas and blanks. */
function versionOf(text: string | undefined): string | undefined {
  return /^v?(\d+(?:\.\d+)+(?:[-+._][\w.+-]+)?)/.exec((text ?? '').replaceAll(/\s*,\s*/g, '.'))?.[1];
}

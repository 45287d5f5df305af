import { baseName } from '../../layers/layer-path.js';
import { licence } from '../../licences/licence.js';
import { packageUrl } from '../../package-url.js';
import { defineCataloguer, type Assembly, type CatalogueView, type ComponentDraft, type Extraction, type ViewFile } from '../cataloguer.js';
import { cpeName } from '../cpe-name.js';

/** A kernel, or a module that did not come with it. */
interface KernelFact {
  readonly name: string;
  readonly version: string;
  readonly licence?: string;
  readonly isKernel: boolean;
}

const builtIn = /(?:^|\/)lib\/modules\/(\d+\.\d+[^/]*)\/modules\.builtin$/;
const image = /(?:^|\/)boot\/(?:vmlinuz|bzImage)-(\d+\.\d+\S*)$/;
/** Where modules are put that were built apart from the kernel. */
const otherModule = /(?:^|\/)lib\/modules\/[^/]+\/(?:extra|updates|weak-updates|misc)\/.*\.ko$/;

const maximumModuleBytes = 64 * 1024 * 1024;

/** Linux kernels, and modules added to them that say a version of their own. */
export const kernelCataloguer = defineCataloguer<KernelFact>({
  name: 'kernel',
  version: 1,
  wants: (path, _mode, sizeBytes) =>
    (path.endsWith('modules.builtin') && builtIn.test(path)) || (path.includes('boot/') && image.test(path)) || (path.endsWith('.ko') && sizeBytes <= maximumModuleBytes && otherModule.test(path)),
  extract({ path, content }): Extraction<KernelFact> {
    const release = (builtIn.exec(path) ?? image.exec(path))?.[1];
    if (release !== undefined) return { fact: { name: 'linux-kernel', version: release, isKernel: true } };
    const [version, declared] = [moduleField(content, 'version'), moduleField(content, 'license')];
    if (version === undefined) return {};
    return { fact: { name: baseName(path).replace(/\.ko$/, ''), version, isKernel: false, ...(declared === undefined ? {} : { licence: declared }) } };
  },
  assemble: (view): Assembly => ({ components: [], guesses: view.files.map((file) => makeComponent(view, file)) }),
});

/** Fields of `.modinfo` are texts between zeros. */
function moduleField(content: Buffer, name: string): string | undefined {
  const start = content.indexOf(`\0${name}=`, 0, 'latin1');
  if (start < 0) return undefined;
  const text = content.toString('latin1', start + name.length + 2, start + name.length + 102);
  return /^([\w.+-][\w .+-]*)\0/.exec(text)?.[1];
}

function makeComponent(view: CatalogueView<KernelFact>, file: ViewFile<KernelFact>): ComponentDraft {
  const { name, version, isKernel, licence: declared } = file.fact;
  return {
    ecosystem: 'generic',
    name,
    version,
    packageUrl: packageUrl({ type: 'generic', name, version }),
    licences: declared === undefined ? [] : [licence(declared)],
    locations: [view.location(file.path, view.introducedIn(file, (fact) => fact.version === version))],
    evidence: isKernel ? { technique: 'filename', confidence: 0.8 } : { technique: 'binary-analysis', confidence: 0.9 },
    // What a distribution adds behind the version is no part of the name in databases.
    ...(isKernel ? { cpes: [cpeName('linux:linux_kernel', version.replace(/^(\d+(?:\.\d+)*).*$/, '$1')).replace('cpe:2.3:a:', 'cpe:2.3:o:')] } : {}),
  };
}

import { defineCataloguer, type Assembly, type ComponentDraft, type Extraction } from '../cataloguer.js';
import { packageUrl } from '../../package-url.js';

/** A path of the store: hash, name, version, and which of several outputs it is. */
interface StorePath {
  readonly hash: string;
  readonly name: string;
  readonly version: string;
  readonly output?: string;
}

const storeFile = /(?:^|\/)nix\/store\/([0-9a-df-np-sv-z]{32})-([^/]+)\//;
const nameAndVersion = /^(?<name>.+?)-(?<version>\d[\w.+]*(?:-(?!bin|lib|dev|out|man|doc|info|devdoc|debug|static)[\w.+]+)*?)(?:-(?<output>bin|lib|dev|out|man|doc|info|devdoc|debug|static))?$/;

/** Nix: the folders of the store are named after packages, and every file in one belongs to it. */
export const nixCataloguer = defineCataloguer<StorePath>({
  name: 'nix',
  version: 1,
  // The first bytes are never looked at: that a file is there is what says that the package is.
  wants: (path, _mode, sizeBytes) => sizeBytes > 0 && path.includes('nix/store/') && storeFile.test(path),
  scan({ path }) {
    const found = storePath(path);
    return found === undefined ? undefined : { push: () => false, finish: (): Extraction<StorePath> => ({ fact: found }) };
  },
  assemble(view): Assembly {
    const first = new Map(view.files.toReversed().map((file) => [file.fact.hash, file]));
    const found = [...first.values()].map((file) => {
      const { hash, name, version, output } = file.fact;
      const component: ComponentDraft = {
        ecosystem: 'nix',
        name,
        version,
        packageUrl: packageUrl({ type: 'nix', name, version, qualifiers: { outputhash: hash, output } }),
        licences: [],
        locations: [view.location(file.path, view.introducedIn(file, (fact) => fact.hash === hash))],
        evidence: { technique: 'filename', confidence: 0.8 },
      };
      return { component, folder: file.path.slice(0, file.path.indexOf('/', file.path.indexOf(hash))) };
    });
    return { components: found.map(({ component }) => component), contents: found.map(({ component, folder }) => ({ owner: component, folders: [folder] })) };
  },
});

/** @returns `undefined` for what has no version, such as a script or a bundle of links */
function storePath(path: string): StorePath | undefined {
  const [, hash = '', folder = ''] = storeFile.exec(path) ?? [];
  // Nix itself allows no longer names.
  if (folder.length > 211) return undefined;
  const { name, version, output } = nameAndVersion.exec(folder)?.groups ?? {};
  if (folder.endsWith('.drv') || name === undefined || version === undefined) return undefined;
  return { hash, name, version, ...(output === undefined ? {} : { output }) };
}

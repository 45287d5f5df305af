import { z } from 'zod';
import { baseName, joinPath, parentPath } from '../../layers/layer-path.js';
import { packageUrl } from '../../package-url.js';
import { isIdentifier } from '../bounded-text.js';
import { defineCataloguer, type Assembly, type CatalogueView, type ComponentContents, type ComponentDraft, type Extraction } from '../cataloguer.js';
import { claimComponent } from '../embedded-sbom/claim-component.js';
import { readClaims, type SbomClaim } from '../embedded-sbom/read-claims.js';
import { whenNeeded } from '../../when-needed.js';

/** Facts of Bitnami's files: the document of one component, or the list of all. */
type BitnamiFact =
  | { readonly kind: 'document'; readonly packages: readonly SbomClaim[] }
  | { readonly kind: 'list'; readonly components: readonly { readonly name: string; readonly version: string; readonly arch?: string; readonly distro?: string }[] };

const text = whenNeeded(() => z.string().refine(isIdentifier));
const list = whenNeeded(() => z.record(text(), z.object({ version: text(), arch: text().exactOptional(), distro: text().exactOptional() })));

const document = /(?:^|\/)opt\/bitnami\/[^/]+\/\.spdx-[^/]+\.spdx$/;
const listName = 'opt/bitnami/.bitnami_components.json';

/** The builder writes these from its own recipes, and puts nothing else into the folder. */
const confidence = 0.95;

/** What Bitnami put into its images besides the system's packages: a folder each, with a document that says what is in it. */
export const bitnamiCataloguer = defineCataloguer<BitnamiFact>({
  name: 'bitnami',
  version: 1,
  candidates: { names: [baseName(listName)], endings: ['spdx'] },
  wants: (path) => (path.endsWith('.spdx') && document.test(path)) || path.endsWith(listName),
  extract({ path, content }): Extraction<BitnamiFact> {
    if (baseName(path).startsWith('.spdx-')) {
      const packages = readClaims(content.toString());
      if (packages !== undefined) return packages.length === 0 ? {} : { fact: { kind: 'document', packages } };
    } else {
      const components = readList(content.toString());
      if (components !== undefined) return { fact: { kind: 'list', components } };
    }
    return { diagnostics: [{ code: 'bitnami-record-unreadable', severity: 'incomplete', message: 'A file in which Bitnami says what is in the image cannot be read.' }] };
  },
  assemble,
});

function readList(content: string): Extract<BitnamiFact, { kind: 'list' }>['components'] | undefined {
  try {
    return Object.entries(list().parse(JSON.parse(content))).map(([name, { version, arch, distro }]) => ({
      name,
      version,
      ...(arch === undefined ? {} : { arch }),
      ...(distro === undefined ? {} : { distro }),
    }));
  } catch {
    return undefined;
  }
}

/** A component that has a document of its own is told by that; the list is all that old images have. */
function assemble(view: CatalogueView<BitnamiFact>): Assembly {
  const contents: ComponentContents[] = [];
  const components: ComponentDraft[] = [];
  const described = new Set<string>();
  for (const file of view.files) {
    if (file.fact.kind !== 'document') continue;
    const identity = JSON.stringify(file.fact);
    const location = view.location(file.path, view.introducedIn(file, (fact) => JSON.stringify(fact) === identity));
    const found = file.fact.packages.map((claim) => claimComponent(claim, location, confidence));
    components.push(...found);
    const [main] = found;
    if (main !== undefined) {
      contents.push({ owner: main, folders: [parentPath(file.path)] });
      described.add(main.name);
    }
  }
  for (const file of view.files) {
    if (file.fact.kind !== 'list') continue;
    for (const { name, version, arch, distro } of file.fact.components) {
      if (described.has(name)) continue;
      const introducedIn = view.introducedIn(file, (fact) => fact.kind === 'list' && fact.components.some((other) => other.name === name && other.version === version));
      const component: ComponentDraft = {
        ecosystem: 'bitnami',
        name,
        version,
        packageUrl: packageUrl({ type: 'bitnami', name, version, qualifiers: { arch, distro } }),
        ...(arch === undefined ? {} : { architecture: arch }),
        licences: [],
        locations: [view.location(file.path, introducedIn)],
        evidence: { technique: 'attestation', confidence },
      };
      components.push(component);
      contents.push({ owner: component, folders: [joinPath(parentPath(file.path), name)] });
    }
  }
  return { components, contents };
}

import type { Catalogue, CataloguedImage, CataloguedLayer, Component, Diagnostic, Distribution, Relationship } from '../catalogue.js';
import type { Assembly, Cataloguer, CatalogueView, ComponentDraft } from '../cataloguers/cataloguer.js';
import { identifyDistribution, type ReleaseFact } from '../cataloguers/operating-system/identify-distribution.js';
import { operatingSystemCataloguer } from '../cataloguers/operating-system/cataloguer.js';
import { cataloguers as allCataloguers } from '../cataloguers/table.js';
import { SbomError } from '../errors.js';
import { withDefaultLimits, type CatalogueLimits } from '../limits.js';
import { ImageView } from '../layers/image-view.js';
import type { LayerFacts } from '../layers/layer-facts.js';
import { absolutePath } from '../layers/layer-path.js';
import { compareText } from './compare-text.js';
import { assignComponentIds } from './component-ids.js';
import { findOwners } from './component-ownership.js';

/** What is said of an image before it is catalogued. */
export type ImageDescription = Omit<CataloguedImage, 'layers'>;

const maximumDiagnostics = 1000;

interface Assembled {
  readonly cataloguer: Cataloguer;
  readonly assembly: Assembly;
}

/**
 * Makes the catalogue of an image from the facts of its layers. Reads nothing and knows no time: the same input gives an
 * equal catalogue.
 * @param layers base first
 * @param facts of the same layers in the same order
 * @throws SbomError of code `limit` for an image with too many entries
 */
export function mergeCatalogue(
  image: ImageDescription,
  layers: readonly CataloguedLayer[],
  facts: readonly LayerFacts[],
  limits?: Partial<CatalogueLimits>,
): Catalogue {
  return mergeCatalogueWith(allCataloguers, image, layers, facts, limits);
}

/** {@link mergeCatalogue} with cataloguers that need not be in the table. */
export function mergeCatalogueWith(
  cataloguers: readonly Cataloguer[],
  image: ImageDescription,
  layers: readonly CataloguedLayer[],
  facts: readonly LayerFacts[],
  limits?: Partial<CatalogueLimits>,
): Catalogue {
  checkEntries(facts, withDefaultLimits(limits));
  const view = new ImageView(facts, cataloguers);
  const distribution = distributionOf(view);
  const assembled = cataloguers.map((cataloguer): Assembled => ({ cataloguer, assembly: assemble(cataloguer, view.for(cataloguer, distribution)) }));
  const drafts = assembled.flatMap(({ assembly }) => assembly.components);
  const ids = assignComponentIds(drafts);
  const owners = ownersOf(assembled, view);
  const idOf = (draft: ComponentDraft): string => ids.get(draft) ?? draft.packageUrl;

  const components = assembled
    .flatMap(({ cataloguer, assembly }) =>
      assembly.components.map((draft): Component => {
        const owner = owners.get(draft);
        return { id: idOf(draft), ...draft, ...(owner === undefined ? {} : { ownedBy: idOf(owner) }), cataloguer: cataloguer.name };
      }),
    )
    .sort(
      (left, right) =>
        compareText(left.packageUrl, right.packageUrl) ||
        compareText(left.locations[0]?.path ?? '', right.locations[0]?.path ?? '') ||
        compareText(left.id, right.id),
    );
  const relationships: Relationship[] = [
    ...assembled.flatMap(({ assembly }) => assembly.relationships ?? []).map(({ from, to, kind }) => ({ from: idOf(from), to: idOf(to), kind })),
    ...[...owners].map(([owned, owner]) => ({ from: idOf(owner), to: idOf(owned), kind: 'owns' as const })),
  ];
  return {
    formatVersion: 1,
    image: { ...image, labels: sortedLabels(image.labels), layers: layers.map(describeLayer) },
    ...(distribution === undefined ? {} : { distribution }),
    components,
    relationships: sortedUnique(relationships),
    diagnostics: diagnosticsOf(view, assembled, facts),
    cataloguers: cataloguers.map(({ name, version }) => ({ name, version })),
  };
}

/** The final view keeps every entry of every layer in memory for a moment. */
function checkEntries(facts: readonly LayerFacts[], { maximumImageEntries }: CatalogueLimits): void {
  const entries = facts.reduce((total, { paths }) => total + paths.length, 0);
  if (entries <= maximumImageEntries) return;
  throw new SbomError({
    code: 'limit',
    message: `The layers have ${entries} entries together, more than the ${maximumImageEntries} that are put together into one view.`,
    remedy: 'If the image is to be trusted, raise the limit for catalogues in the settings.',
  });
}

function distributionOf(view: ImageView): Distribution | undefined {
  // Sound for the reason given at defineCataloguer: these facts are the operating-system cataloguer's own.
  return identifyDistribution(view.for(operatingSystemCataloguer, undefined) as CatalogueView<ReleaseFact>);
}

/** A cataloguer that fails over hostile metadata costs its own components, not the catalogue. */
function assemble(cataloguer: Cataloguer, view: CatalogueView<unknown>): Assembly {
  try {
    return cataloguer.assemble(view);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      components: [],
      diagnostics: [
        { code: 'cataloguer-failed', severity: 'incomplete', message: `The ${cataloguer.name} cataloguer could not finish: ${reason}` },
      ],
    };
  }
}

function ownersOf(assembled: readonly Assembled[], view: ImageView): ReadonlyMap<ComponentDraft, ComponentDraft> {
  const ownership = assembled.flatMap(({ assembly }) => assembly.ownership ?? []);
  const candidates = assembled
    .filter(({ assembly }) => assembly.ownership === undefined)
    .flatMap(({ assembly }) => assembly.components)
    .flatMap((component) => component.locations.flatMap(({ path }) => possibleFiles(path.slice(1)).map((file) => ({ component, path: file }))));
  return findOwners(candidates, ownership, (path) => view.resolve(path));
}

/** What is inside an archive belongs to whom the archive does; folders may well end in an exclamation mark, too. */
function possibleFiles(path: string): readonly string[] {
  const inside = path.indexOf('!/');
  return inside < 0 ? [path] : [path, path.slice(0, inside)];
}

function diagnosticsOf(view: ImageView, assembled: readonly Assembled[], facts: readonly LayerFacts[]): readonly Diagnostic[] {
  const ofView = view.diagnosticsOf(assembled.map(({ cataloguer }) => cataloguer)).map(
    ({ code, severity, message, path, layerIndex }): Diagnostic => ({
      code,
      severity,
      message,
      ...(path === undefined ? {} : { path: absolutePath(path) }),
      layerDiffId: facts[layerIndex]?.diffId ?? '',
    }),
  );
  const ofAssembly = assembled.flatMap(({ assembly }) =>
    (assembly.diagnostics ?? []).map(
      ({ path, ...diagnostic }): Diagnostic => ({ ...diagnostic, ...(path === undefined ? {} : { path: absolutePath(path) }) }),
    ),
  );
  const all = [...ofView, ...ofAssembly].sort(
    (left, right) => compareText(left.path ?? '', right.path ?? '') || compareText(left.code, right.code) || compareText(left.message, right.message),
  );
  if (all.length <= maximumDiagnostics) return all;
  const omitted = all.slice(maximumDiagnostics);
  const severity = omitted.some((diagnostic) => diagnostic.severity === 'incomplete') ? 'incomplete' : 'notice';
  const summary: Diagnostic = { code: 'diagnostics-omitted', severity, message: `${omitted.length} more diagnostics were left out.` };
  return [...all.slice(0, maximumDiagnostics), summary];
}

function sortedUnique(relationships: readonly Relationship[]): readonly Relationship[] {
  const unique = new Map(relationships.map((relationship) => [`${relationship.from}\0${relationship.to}\0${relationship.kind}`, relationship]));
  return [...unique.values()].sort(
    (left, right) => compareText(left.from, right.from) || compareText(left.to, right.to) || compareText(left.kind, right.kind),
  );
}

function sortedLabels(labels: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(labels).sort(([left], [right]) => compareText(left, right)));
}

function describeLayer({ digest, diffId, mediaType, sizeBytes, createdBy }: CataloguedLayer): CataloguedLayer {
  return { digest, diffId, mediaType, sizeBytes, ...(createdBy === undefined ? {} : { createdBy }) };
}

import type { Catalogue, CataloguedLayer, Component, Diagnostic, Distribution, Relationship, UnknownFile } from '../catalogue.js';
import type { Assembly, Cataloguer, CatalogueView, ComponentDraft } from '../cataloguers/cataloguer.js';
import { executablesCataloguer } from '../cataloguers/executables/cataloguer.js';
import type { ExecutableFact } from '../cataloguers/executables/executable-scanner.js';
import { identifyDistribution, type ReleaseFact } from '../cataloguers/operating-system/identify-distribution.js';
import { licenceTextsCataloguer } from '../cataloguers/licence-texts/cataloguer.js';
import { operatingSystemCataloguer } from '../cataloguers/operating-system/cataloguer.js';
import { cataloguers as allCataloguers } from '../cataloguers/table.js';
import { SbomError } from '../errors.js';
import { withDefaultLimits, type CatalogueLimits } from '../limits.js';
import { ImageView } from '../layers/image-view.js';
import type { LayerFacts } from '../layers/layer-facts.js';
import { absolutePath } from '../layers/layer-path.js';
import type { ClassifiedLicence } from '../licences/classify-licence-text.js';
import { compareText } from './compare-text.js';
import { assignComponentIds } from './component-ids.js';
import { concludeLicences } from './conclude-licences.js';
import { describeImage, type ImageDescription } from './describe-image.js';
import { missingDatabase } from './missing-database.js';
import { reconcileComponents } from './reconcile-components.js';
import { findUnknowns } from './unknown-files.js';

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
  const executables = executablesOf(view, cataloguers);
  const reconciled = reconcileComponents(assembled, executables?.files.map(({ path }) => path) ?? [], (path) => view.resolve(path));
  const declared = assembled.flatMap(({ cataloguer, assembly }) => (assembly.declared ?? []).map((draft) => ({ cataloguer, draft })));
  const { owners, replacements } = reconciled;
  const ids = assignComponentIds(reconciled.assemblies.flatMap(({ components }) => components));
  const idOf = (draft: ComponentDraft): string | undefined => ids.get(lastOf(draft, replacements));

  const found = reconciled.assemblies
    .flatMap(({ source: { cataloguer }, components: drafts }) =>
      drafts.map((draft): Component => {
        const owner = owners.get(draft);
        const ownedBy = owner === undefined ? undefined : idOf(owner);
        return { id: idOf(draft) ?? draft.packageUrl, ...draft, ...(ownedBy === undefined ? {} : { ownedBy }), cataloguer: cataloguer.name };
      }),
    )
    .sort(inOrder);
  const components = cataloguers.includes(licenceTextsCataloguer) ? concludeLicences(found, licenceTextsOf(view)) : found;
  const relationships = [
    ...assembled.flatMap(({ assembly }) => assembly.relationships ?? []).map(({ from, to, kind }) => ({ from: idOf(from), to: idOf(to), kind })),
    ...[...owners].map(([owned, owner]) => ({ from: idOf(owner), to: idOf(owned), kind: 'owns' as const })),
  ].filter((relationship): relationship is Relationship => relationship.from !== undefined && relationship.to !== undefined && relationship.from !== relationship.to);
  const diagnostics = [...viewDiagnostics(view, assembled, facts), ...missingDatabase(distribution, components, executables), ...contradictedClaims(reconciled.contradicted)];
  const unknown = executables === undefined ? undefined : findUnknowns(executables, (path) => reconciled.isAccountedFor(path), damagedDatabases(view, assembled, facts));
  if (unknown !== undefined && unknown.omitted > 0) {
    diagnostics.push({ code: 'unknown-files-omitted', severity: 'notice', message: `${unknown.omitted} more files that nothing accounts for were left out.` });
  }
  return {
    formatVersion: 1,
    image: describeImage(image, layers),
    ...(distribution === undefined ? {} : { distribution }),
    components,
    relationships: sortedUnique(relationships),
    ...(declared.length === 0 ? {} : { declared: declaredComponents(declared) }),
    ...(unknown === undefined ? {} : { unknowns: unknown.unknowns }),
    diagnostics: sortedDiagnostics(diagnostics),
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

/** Documents that name packages the system's database does not have, one line a document. */
function contradictedClaims(claims: readonly ComponentDraft[]): readonly Diagnostic[] {
  return [...Map.groupBy(claims, ({ locations }) => locations[0]?.path ?? '')].map(([path, ofDocument]) => ({
    code: 'sbom-names-absent-packages',
    severity: 'notice',
    message: `A document names ${ofDocument.length} packages that the system's own database does not have, ${ofDocument[0]?.packageUrl ?? ''} among them.`,
    path,
  }));
}

/** Of lock files; the same package of the same file is one entry. */
function declaredComponents(drafts: readonly { readonly cataloguer: Cataloguer; readonly draft: ComponentDraft }[]): readonly Component[] {
  const unique = new Map(drafts.map((entry) => [`${entry.draft.packageUrl}\0${entry.draft.locations[0]?.path ?? ''}`, entry]));
  const ids = assignComponentIds([...unique.values()].map(({ draft }) => draft));
  return [...unique.values()]
    .map(({ cataloguer, draft }): Component => ({ id: ids.get(draft) ?? draft.packageUrl, ...draft, cataloguer: cataloguer.name }))
    .sort(inOrder);
}

function inOrder(left: Component, right: Component): number {
  return (
    compareText(left.packageUrl, right.packageUrl) ||
    compareText(left.locations[0]?.path ?? '', right.locations[0]?.path ?? '') ||
    compareText(left.id, right.id)
  );
}

function lastOf(draft: ComponentDraft, replacements: ReadonlyMap<ComponentDraft, ComponentDraft>): ComponentDraft {
  let last = draft;
  for (let next = replacements.get(last); next !== undefined && next !== draft; next = replacements.get(last)) last = next;
  return last;
}

function licenceTextsOf(view: ImageView): CatalogueView<ClassifiedLicence> {
  // Sound for the same reason.
  return view.for(licenceTextsCataloguer, undefined) as CatalogueView<ClassifiedLicence>;
}

function executablesOf(view: ImageView, cataloguers: readonly Cataloguer[]): CatalogueView<ExecutableFact> | undefined {
  // Sound for the reason given at defineCataloguer: these facts are that cataloguer's own.
  return cataloguers.includes(executablesCataloguer) ? (view.for(executablesCataloguer, undefined) as CatalogueView<ExecutableFact>) : undefined;
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

function viewDiagnostics(view: ImageView, assembled: readonly Assembled[], facts: readonly LayerFacts[]): Diagnostic[] {
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
  return [...ofView, ...ofAssembly];
}

/** Files of operating-system cataloguers that could not be read, wholly or in part. */
function damagedDatabases(view: ImageView, assembled: readonly Assembled[], facts: readonly LayerFacts[]): readonly UnknownFile[] {
  return assembled
    .filter(({ assembly }) => assembly.ownership !== undefined)
    .flatMap(({ cataloguer }) => view.diagnosticsOfFiles(cataloguer))
    .filter(({ severity }) => severity === 'incomplete')
    .map(({ path, layerIndex }): UnknownFile => ({ kind: 'database', path: absolutePath(path), layerDiffId: facts[layerIndex]?.diffId ?? '', layerIndex }));
}

function sortedDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const all = diagnostics.toSorted(
    (left, right) => compareText(left.path ?? '', right.path ?? '') || compareText(left.code, right.code) || compareText(left.message, right.message),
  );
  if (all.length <= maximumDiagnostics) return all;
  const omitted = all.slice(maximumDiagnostics);
  const severity = omitted.some((diagnostic) => diagnostic.severity === 'incomplete') ? 'incomplete' : 'notice';
  const summary: Diagnostic = { code: 'diagnostics-omitted', severity, message: `${omitted.length} more diagnostics were left out.` };
  return [...all.slice(0, maximumDiagnostics), summary];
}

export function sortedUnique(relationships: readonly Relationship[]): readonly Relationship[] {
  const unique = new Map(relationships.map((relationship) => [`${relationship.from}\0${relationship.to}\0${relationship.kind}`, relationship]));
  return [...unique.values()].sort(
    (left, right) => compareText(left.from, right.from) || compareText(left.to, right.to) || compareText(left.kind, right.kind),
  );
}

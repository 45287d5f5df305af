import type { Catalogue, CataloguedImage, Distribution } from '../../catalogue.js';
import { distributionFacts, documentFacts, imageFacts, relationshipsFrom } from '../catalogue-facts.js';
import { documentTime, documentTool, imagePackageUrl, imageShortName, type DocumentOptions } from '../document-options.js';
import { versionField, writeCycloneDxComponent } from './cyclonedx-component.js';
import type { CycloneDxComponent, CycloneDxComposition, CycloneDxDependency, CycloneDxMetadata, CycloneDxVersion } from './cyclonedx-model.js';

/** A bill of materials without its serial number. Long lists are made while they are read. */
export interface CycloneDxBom {
  readonly metadata: CycloneDxMetadata;
  readonly components: Iterable<CycloneDxComponent>;
  readonly dependencies: Iterable<CycloneDxDependency>;
  readonly compositions: readonly CycloneDxComposition[];
}

/**
 * A catalogue as a CycloneDX bill of materials (ECMA-424). Every component is a dependency of the image. What the format has
 * no field for is a property: see docs/sbom-properties.md.
 */
export function cycloneDxBom(catalogue: Catalogue, options: DocumentOptions, version: CycloneDxVersion): CycloneDxBom {
  const imageReference = imagePackageUrl(catalogue.image);
  const timestamp = documentTime(options, catalogue.image);
  const isPartial = catalogue.diagnostics.some(({ severity }) => severity === 'incomplete');
  const operatingSystem = catalogue.distribution === undefined ? undefined : distributionComponent(catalogue.distribution);
  const edges = relationshipsFrom(catalogue);
  const { author } = options;
  return {
    metadata: {
      ...(timestamp === undefined ? {} : { timestamp }),
      lifecycles: [{ phase: 'post-build' }],
      tools: { components: [{ type: 'application', ...documentTool(options) }] },
      component: imageComponent(catalogue.image, imageReference),
      ...(author === undefined ? {} : { manufacturer: { name: author.name, ...(author.email === undefined ? {} : { contact: [{ email: author.email }] }) } }),
      properties: documentFacts(catalogue),
    },
    components: components(catalogue, operatingSystem, (id) => edges.get(id) ?? [], version),
    dependencies: dependencies(catalogue, imageReference, operatingSystem?.['bom-ref'], (id) => edges.get(id) ?? []),
    // Software that no package manager recorded may be in any image, so that completeness is never claimed.
    compositions: [{ aggregate: isPartial ? 'incomplete' : 'unknown', assemblies: [imageReference] }],
  };
}

type EdgesOf = (id: string) => NonNullable<ReturnType<ReturnType<typeof relationshipsFrom>['get']>>;

function* components(catalogue: Catalogue, operatingSystem: CycloneDxComponent | undefined, edgesOf: EdgesOf, version: CycloneDxVersion): Generator<CycloneDxComponent> {
  if (operatingSystem !== undefined) yield operatingSystem;
  for (const entry of catalogue.components) {
    yield writeCycloneDxComponent(
      entry,
      edgesOf(entry.id).filter(({ kind }) => kind !== 'depends-on'),
      version,
    );
  }
}

function imageComponent(image: CataloguedImage, reference: string): CycloneDxComponent {
  const { name, tag, digest } = image;
  const sha256 = /^sha256:([0-9a-f]{64})$/.exec(digest)?.[1];
  return {
    type: 'container',
    'bom-ref': reference,
    name: imageShortName(name),
    ...versionField(tag ?? digest),
    ...(sha256 === undefined ? {} : { hashes: [{ alg: 'SHA-256', content: sha256 }] }),
    purl: reference,
    properties: imageFacts(image),
  };
}

function distributionComponent(distribution: Distribution): CycloneDxComponent {
  const { id, versionId, prettyName } = distribution;
  const { version } = versionField(versionId);
  const properties = distributionFacts(distribution, { id, idLike: [], ...(version === undefined ? {} : { versionId: version }), ...(prettyName === undefined ? {} : { prettyName }) });
  return {
    type: 'operating-system',
    'bom-ref': `operating-system:${id}${versionId === undefined ? '' : `@${versionId}`}`,
    name: id,
    ...(version === undefined ? {} : { version }),
    ...(prettyName === undefined ? {} : { description: prettyName }),
    ...(properties.length === 0 ? {} : { properties }),
  };
}

function* dependencies(catalogue: Catalogue, imageReference: string, operatingSystem: string | undefined, edgesOf: EdgesOf): Generator<CycloneDxDependency> {
  const ids = catalogue.components.map(({ id }) => id);
  const rest = operatingSystem === undefined ? ids : [operatingSystem, ...ids];
  yield { ref: imageReference, dependsOn: rest };
  for (const ref of rest) {
    const dependsOn = [...new Set(edgesOf(ref).flatMap(({ kind, to }) => (kind === 'depends-on' ? [to] : [])))];
    yield dependsOn.length === 0 ? { ref } : { ref, dependsOn };
  }
}

import { isDeepStrictEqual } from 'node:util';
import type { Catalogue, CataloguedImage, Component, Distribution, Relationship } from '../catalogue.js';
import { compareText } from '../catalogue/compare-text.js';
import { stableJson } from './stable-json.js';

/** A fact that a format has no field for. Every format keeps such pairs somewhere: see docs/sbom-properties.md. */
export interface Property {
  readonly name: string;
  readonly value: string;
}

/** Beginning of the names of all properties written here. */
export const propertyNamespace = 'esscm:';

type Facts = Readonly<Record<string, unknown>>;

/**
 * Facts of a component as properties: all that a reader of the document could not tell from the format's own fields.
 * @param readBack what a reader makes of those fields
 * @param edges relationships from this component that the format has no relation for
 */
export function componentFacts(component: Component, readBack: Partial<Component>, edges: readonly Relationship[] = []): readonly Property[] {
  const { locations, source } = component;
  const [first] = locations;
  const onlyLayer = isDeepStrictEqual(
    locations,
    (readBack.locations ?? []).map(({ path }) => ({ path, ...layerOf(first) })),
  );
  return [
    ...(first?.layerDiffId === undefined ? [] : [{ name: 'esscm:layer:diffId', value: first.layerDiffId }]),
    ...(first?.layerIndex === undefined ? [] : [{ name: 'esscm:layer:index', value: String(first.layerIndex) }]),
    ...(onlyLayer ? [] : [{ name: 'esscm:locations', value: stableJson(locations) }]),
    ...(source === undefined
      ? []
      : [
          { name: 'esscm:source:name', value: source.name },
          { name: 'esscm:source:version', value: source.version },
        ]),
    ...otherFacts(propertyNamespace, component, readBack, ['locations', 'source']),
    ...edges.map(({ kind, to }) => ({ name: `esscm:relationship:${kind}`, value: to })),
  ];
}

function layerOf(location: Component['locations'][number] | undefined): Omit<Component['locations'][number], 'path'> {
  return {
    ...(location?.layerDiffId === undefined ? {} : { layerDiffId: location.layerDiffId }),
    ...(location?.layerIndex === undefined ? {} : { layerIndex: location.layerIndex }),
  };
}

/** Everything about the image, so that a document says of which image it speaks even where its own fields cannot. */
export function imageFacts(image: CataloguedImage): readonly Property[] {
  const { platform, labels, layers } = image;
  const variant = platform.variant === undefined ? '' : `/${platform.variant}`;
  return [
    { name: 'esscm:image:name', value: image.name },
    ...(image.tag === undefined ? [] : [{ name: 'esscm:image:tag', value: image.tag }]),
    { name: 'esscm:image:digest', value: image.digest },
    { name: 'esscm:image:platform', value: `${platform.os}/${platform.architecture}${variant}` },
    ...(image.created === undefined ? [] : [{ name: 'esscm:image:created', value: image.created }]),
    ...layers.flatMap(({ diffId, digest, mediaType, sizeBytes, createdBy }, index) => [
      { name: `esscm:layer:${index}:diffId`, value: diffId },
      { name: `esscm:layer:${index}:digest`, value: digest },
      { name: `esscm:layer:${index}:mediaType`, value: mediaType },
      { name: `esscm:layer:${index}:sizeBytes`, value: String(sizeBytes) },
      ...(createdBy === undefined ? [] : [{ name: `esscm:layer:${index}:createdBy`, value: createdBy }]),
    ]),
    ...Object.entries(labels)
      .sort(([left], [right]) => compareText(left, right))
      .map(([label, value]) => ({ name: `esscm:image:label:${label}`, value })),
    ...otherFacts('esscm:image:', image, {}, ['name', 'tag', 'digest', 'platform', 'created', 'layers', 'labels']),
  ];
}

/** Facts of the distribution beyond what the format's own fields say of it. */
export function distributionFacts(distribution: Distribution, readBack: Partial<Distribution>): readonly Property[] {
  return otherFacts('esscm:distribution:', distribution, readBack, []);
}

/** Facts of the catalogue as a whole: what could not be read, and who read. */
export function documentFacts(catalogue: Catalogue): readonly Property[] {
  const incomplete = catalogue.diagnostics
    .filter(({ severity }) => severity === 'incomplete')
    .map(({ code, message, path }) => ({ name: `esscm:incomplete:${code}`, value: path === undefined ? message : `${path}: ${message}` }));
  return [
    ...new Map(incomplete.map((property) => [stableJson(property), property])).values(),
    ...catalogue.diagnostics.map((diagnostic) => ({ name: 'esscm:diagnostic', value: stableJson(diagnostic) })),
    ...catalogue.cataloguers.map(({ name, version }) => ({ name: `esscm:cataloguer:${name}`, value: String(version) })),
    ...otherFacts('esscm:catalogue:', catalogue, {}, ['formatVersion', 'image', 'distribution', 'components', 'relationships', 'diagnostics', 'cataloguers']),
  ];
}

/** Relationships whose ends are both in the catalogue, by the id of their beginning. */
export function relationshipsFrom({ components, relationships }: Catalogue): ReadonlyMap<string, readonly Relationship[]> {
  const ids = new Set(components.map(({ id }) => id));
  return Map.groupBy(
    relationships.filter(({ from, to }) => ids.has(from) && ids.has(to)),
    ({ from }) => from,
  );
}

/** Fields that differ from what a reader would find, in the order of their names: texts as they are, the rest as JSON. */
function otherFacts(prefix: string, facts: object, readBack: object, told: readonly string[]): readonly Property[] {
  const known = readBack as Facts;
  return Object.entries(facts)
    .filter(([name, value]) => value !== undefined && !told.includes(name) && !isSame(value, known[name]))
    .sort(([left], [right]) => compareText(left, right))
    .map(([name, value]: readonly [string, unknown]) => ({ name: `${prefix}${name}`, value: typeof value === 'string' ? value : stableJson(value) }));
}

function isSame(value: unknown, other: unknown): boolean {
  return value === other || (typeof value === 'object' && typeof other === 'object' && isDeepStrictEqual(value, other));
}

import type { Catalogue, Component } from '@esscm/sbom';
import { CommandError } from '../exit-codes.js';

/** Edges named one by one; the rest are counted. */
const shownEdges = 20;

/**
 * Why a component is in the image: where its evidence is, which layer and instruction brought it, whose files these are, and what
 * it is tied to. `wanted` is a package URL, with or without version and qualifiers, an id or a name.
 * @throws CommandError when nothing is called so
 */
export function writeExplanation(catalogue: Catalogue, wanted: string): string {
  const found = matching(catalogue.components, wanted);
  if (found.length === 0) {
    const near = catalogue.components.filter(({ name }) => name.includes(nameOf(wanted))).slice(0, 5);
    throw new CommandError(`No component of ${catalogue.image.name} is called ${wanted}.`, {
      remedy: near.length === 0 ? 'The table lists them all.' : `Near to it: ${near.map(({ packageUrl }) => packageUrl).join(', ')}.`,
    });
  }
  return found.map((component) => explain(component, catalogue)).join('\n');
}

function matching(components: readonly Component[], wanted: string): readonly Component[] {
  const rules: readonly ((component: Component) => boolean)[] = [
    ({ id }) => id === wanted,
    ({ packageUrl }) => packageUrl === wanted,
    ({ packageUrl }) => packageUrl.startsWith(`${wanted}?`) || packageUrl.startsWith(`${wanted}@`),
    ({ name }) => name === wanted,
  ];
  return rules.map((rule) => components.filter(rule)).find((found) => found.length > 0) ?? [];
}

function nameOf(wanted: string): string {
  return wanted.replace(/^pkg:/, '').replace(/[@?#].*$/, '').split('/').at(-1) ?? wanted;
}

function explain(component: Component, catalogue: Catalogue): string {
  const { id, name, version, ecosystem, source, licences, supplier, locations, ownedBy, removedInLayer, cataloguer } = component;
  const byId = new Map(catalogue.components.map((entry) => [entry.id, entry]));
  const layers = catalogue.image.layers;
  const instruction = (index: number | undefined): readonly string[] => {
    const createdBy = index === undefined ? undefined : layers[index]?.createdBy;
    return createdBy === undefined ? [] : [`      ${createdBy.replaceAll(/\s+/g, ' ').trim()}`];
  };
  const cataloguerVersion = catalogue.cataloguers.find((reader) => reader.name === cataloguer)?.version;
  const edges = (title: string, ids: readonly string[]): readonly string[] =>
    ids.length === 0 ? [] : [`  ${title}`, ...ids.slice(0, shownEdges).map((other) => `    ${nameAndVersion(byId.get(other), other)}`), ...(ids.length > shownEdges ? [`    and ${ids.length - shownEdges} more`] : [])];
  const related = (kind: 'depends-on' | 'owns', end: 'from' | 'to'): readonly string[] => catalogue.relationships.filter((edge) => edge.kind === kind && edge[end] === id).map((edge) => (end === 'from' ? edge.to : edge.from));
  return [
    `${name} ${version} (${ecosystem})`,
    `  ${id}`,
    `  Found by the reader ${cataloguer}${cataloguerVersion === undefined ? '' : `, version ${cataloguerVersion}`}`,
    ...(locations.length === 0 ? ['  The document does not say where it is'] : []),
    ...locations.flatMap(({ path, layerIndex, layerDiffId }) => [
      `  At ${path}`,
      ...(layerDiffId === undefined ? [] : [`    since layer ${layerIndex ?? 'unknown'}${layers.length === 0 ? '' : ` of ${layers.length}`} (${layerDiffId})`]),
      ...instruction(layerIndex),
    ]),
    ...(removedInLayer === undefined ? [] : [`  No longer there since layer ${removedInLayer}`, ...instruction(removedInLayer)]),
    ...(source === undefined ? [] : [`  Built from the source package ${source.name} ${source.version}`]),
    ...(licences.length === 0 ? [] : [`  Licences: ${licences.map(({ declared, spdxExpression }) => spdxExpression ?? declared).join(', ')}`]),
    ...(supplier === undefined ? [] : [`  Supplied by ${supplier.replaceAll(/\s+/g, ' ')}`]),
    ...(ownedBy === undefined ? [] : [`  Its files belong to ${nameAndVersion(byId.get(ownedBy), ownedBy)}`]),
    ...edges('Depends on', related('depends-on', 'from')),
    ...edges('Needed by', related('depends-on', 'to')),
    ...edges('Contains', related('owns', 'from')),
    '',
  ].join('\n');
}

function nameAndVersion(component: Component | undefined, id: string): string {
  return component === undefined ? id : `${component.name} ${component.version} (${component.ecosystem})`;
}

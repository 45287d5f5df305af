import type { Catalogue, CataloguedLayer, Component } from '../catalogue.js';
import type { LayerFacts } from '../layers/layer-facts.js';
import type { CatalogueLimits } from '../limits.js';
import { compareText } from './compare-text.js';
import type { ImageDescription } from './describe-image.js';
import { mergeCatalogue } from './merge-catalogue.js';

/**
 * The catalogue of an image and, marked with `removedInLayer`, of what lower layers brought and higher ones removed or replaced:
 * it still lies in the image for whoever unpacks it. Relationships are those of the final view. Takes as long as one
 * {@link mergeCatalogue} for each layer.
 */
export function mergeAllLayers(image: ImageDescription, layers: readonly CataloguedLayer[], facts: readonly LayerFacts[], limits?: Partial<CatalogueLimits>): Catalogue {
  const final = mergeCatalogue(image, layers, facts, limits);
  const present = new Set(final.components.map(identity));
  const taken = new Set(final.components.map(({ id }) => id));
  const removed = new Map<string, Component>();
  let before: readonly Component[] = [];
  for (let count = 1; count <= layers.length; count += 1) {
    const view = count === layers.length ? final : mergeCatalogue(image, layers.slice(0, count), facts.slice(0, count), limits);
    const here = new Set(view.components.map(identity));
    for (const component of before) {
      const key = identity(component);
      // What came back later is there; what was removed twice is told by the last time.
      if (here.has(key) || present.has(key)) continue;
      const { ownedBy, ...rest } = component;
      const id = taken.has(component.id) ? `${component.id}#layer-${count - 1}` : component.id;
      removed.set(key, { ...rest, id, ...(ownedBy !== undefined && taken.has(ownedBy) ? { ownedBy } : {}), removedInLayer: count - 1 });
    }
    before = view.components;
  }
  const unique = new Map([...removed.values()].filter(({ id }) => !taken.has(id)).map((component) => [component.id, component]));
  const components = [...final.components, ...unique.values()];
  return {
    ...final,
    components: components.toSorted((left, right) => compareText(left.packageUrl, right.packageUrl) || compareText(left.locations[0]?.path ?? '', right.locations[0]?.path ?? '') || compareText(left.id, right.id)),
  };
}

/** One installed thing, whatever release the layers so far call the distribution. */
function identity({ ecosystem, name, version, architecture = '', locations }: Component): string {
  return [ecosystem, name, version, architecture, locations[0]?.path ?? ''].join('\0');
}

import { deserialiseLayerFacts, mergeAllLayers } from '@esscm/sbom/scan';
import type { LayerFacts } from '@esscm/sbom';

/** One layer of an image as it is stored, with the facts that are kept of it. */
export interface KeptLayer {
  readonly index: number;
  readonly digest: string;
  readonly diffId: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly facts: ReadonlyMap<string, Uint8Array>;
}

/** A component that a lower layer brought and a higher one deleted or replaced. It still lies in the image for whoever unpacks it. */
interface HiddenComponent {
  readonly name: string;
  readonly version: string;
  readonly ecosystem: string;
  readonly packageUrl: string;
  readonly path: string;
  /** The layer that brought it, 0 for the base. */
  readonly layerIndex: number;
}

/** What a layer hides. */
export interface HiddenByLayer {
  readonly layerIndex: number;
  readonly componentCount: number;
  /** By name; at most {@link maximumNamed}. */
  readonly components: readonly HiddenComponent[];
}

const maximumNamed = 100;

/**
 * What each layer hides of those below it, the lowest first; layers that hide nothing are left out.
 * @param layers base first
 * @returns undefined where the facts of a layer are not kept any more, or not in the form this version reads
 * @throws SbomError of code `limit`
 */
export function hiddenInLayers(platform: string, layers: readonly KeptLayer[]): readonly HiddenByLayer[] | undefined {
  const facts: LayerFacts[] = [];
  for (const layer of layers) {
    const read = deserialiseLayerFacts(layer.diffId, layer.facts);
    if (read.facts === undefined || read.missing.length > 0) return undefined;
    facts.push(read.facts);
  }
  const [os = '', architecture = ''] = platform.split('/');
  const { components } = mergeAllLayers({ name: 'image', digest: '', platform: { os, architecture }, labels: {} }, layers, facts);
  const hidden = Map.groupBy(components, ({ removedInLayer }) => removedInLayer);
  return [...hidden]
    .flatMap(([layerIndex, gone]) => (layerIndex === undefined ? [] : [{ layerIndex, gone }]))
    .toSorted((left, right) => left.layerIndex - right.layerIndex)
    .map(({ layerIndex, gone }) => ({
      layerIndex,
      componentCount: gone.length,
      components: gone
        .map(({ name, version, ecosystem, packageUrl, locations: [location] }): HiddenComponent => ({ name, version, ecosystem, packageUrl, path: location?.path ?? '', layerIndex: location?.layerIndex ?? 0 }))
        .toSorted((left, right) => compare(left.name, right.name) || compare(left.version, right.version) || compare(left.path, right.path))
        .slice(0, maximumNamed),
    }));
}

function compare(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}

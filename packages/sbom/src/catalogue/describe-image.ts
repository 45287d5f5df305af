import type { CataloguedImage, CataloguedLayer } from '../catalogue.js';
import { findBaseImage, type BuildStep } from './base-image.js';
import { compareText } from './compare-text.js';

/** What is said of an image before it is catalogued. */
export interface ImageDescription extends Omit<CataloguedImage, 'layers' | 'base'> {
  /** Steps of its build, oldest first; what tells where the base image ends. */
  readonly history?: readonly BuildStep[];
}

/** The part of a catalogue that is of the image itself, and not of what its layers hold. @param layers base first */
export function describeImage({ history = [], ...described }: ImageDescription, layers: readonly CataloguedLayer[]): CataloguedImage {
  const base = findBaseImage(described.labels, history, layers.length);
  return { ...described, labels: sortedLabels(described.labels), layers: layers.map(describeLayer), ...(base === undefined ? {} : { base }) };
}

function sortedLabels(labels: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(labels).sort(([left], [right]) => compareText(left, right)));
}

function describeLayer({ digest, diffId, mediaType, sizeBytes, createdBy }: CataloguedLayer): CataloguedLayer {
  return { digest, diffId, mediaType, sizeBytes, ...(createdBy === undefined ? {} : { createdBy }) };
}

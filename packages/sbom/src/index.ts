export type {
  Catalogue,
  CataloguedImage,
  CataloguedLayer,
  Component,
  Diagnostic,
  Distribution,
  Ecosystem,
  Licence,
  Location,
  Relationship,
} from './catalogue.js';
export type { FactStore } from './fact-store.js';
export type { LayerSource } from './layer-source.js';

export { ecosystems } from './catalogue.js';
export type {
  BaseImage,
  Catalogue,
  CataloguedImage,
  CataloguedLayer,
  Component,
  ComponentHash,
  Diagnostic,
  Distribution,
  Ecosystem,
  Evidence,
  Licence,
  Location,
  Relationship,
  UnknownFile,
} from './catalogue.js';
export type { FactStore } from './fact-store.js';
export type { LayerSource, RecyclingSource } from './layer-source.js';
export { SbomError } from './errors.js';
export type { SbomErrorCode, SbomErrorDetails } from './errors.js';
export { defaultLimits } from './limits.js';
export type { CatalogueLimits } from './limits.js';
export { readLayer } from './layers/read-layer.js';
export type { ReadLayerRequest } from './layers/read-layer.js';
export type { FactDiagnostic, FileFacts, LayerFacts, PathEntry } from './layers/layer-facts.js';
export { absentLayerFacts, combineLayerFacts, deserialiseLayerFacts, factKeys, serialiseLayerFacts } from './layers/layer-facts-codec.js';
export type { StoredLayerFacts } from './layers/layer-facts-codec.js';
export { chainId } from './layers/chain-id.js';
export { evidenceOf } from './catalogue/evidence.js';
export { mergeAllLayers } from './catalogue/merge-all-layers.js';
export { mergeCatalogue } from './catalogue/merge-catalogue.js';
export type { ImageDescription } from './catalogue/describe-image.js';
export { catalogueOfStack, serialiseStackContents, stackContentsKey } from './catalogue/stack-contents-codec.js';
export { catalogueImage } from './catalogue/catalogue-image.js';
export type { CatalogueImageInput, CatalogueProgress } from './catalogue/catalogue-image.js';
export { parseCatalogue, serialiseCatalogue } from './catalogue/catalogue-schema.js';
export { DocumentError } from './documents/document-error.js';
export type { DocumentOptions } from './formats/document-options.js';
export { documentFormats } from './formats/document-formats.js';
export type { DocumentFormat, DocumentFormatId } from './formats/document-formats.js';
export { compareCatalogues } from './comparison/compare-catalogues.js';
export type { CatalogueComparison, ComponentChange } from './comparison/compare-catalogues.js';
export { cataloguerNames, keepCataloguers } from './catalogue/keep-cataloguers.js';

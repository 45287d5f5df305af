export { catalogueOfStack, serialiseStackContents, stackContentsKey } from './catalogue/stack-contents-codec.js';
export { cataloguerNames, keepCataloguers } from './catalogue/keep-cataloguers.js';
export { mergeAllLayers } from './catalogue/merge-all-layers.js';
export { mergeCatalogue } from './catalogue/merge-catalogue.js';
export { SbomError } from './errors.js';
export { documentFormats } from './formats/document-formats.js';
export { chainId } from './layers/chain-id.js';
export { deserialiseLayerFacts, factKeys, serialiseLayerFacts } from './layers/layer-facts-codec.js';
export { readLayer } from './layers/read-layer.js';

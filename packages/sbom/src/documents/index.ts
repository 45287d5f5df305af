export type { DocumentComponent, DocumentLicence, DocumentParty, DocumentReference, SbomDocument } from './sbom-document.js';
export { DocumentError } from './document-error.js';
export type { DocumentProblem } from './document-error.js';
export { defaultDocumentLimits } from './document-limits.js';
export type { DocumentLimits } from './document-limits.js';
export { checkDocument, readDocument } from './read-document.js';
export type { CheckedDocument } from './read-document.js';
export { catalogueOfDocument } from './document-catalogue.js';
export type { DocumentCatalogue } from './document-catalogue.js';

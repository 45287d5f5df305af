export { catalogueVersion } from './catalogue-version.js';
export { ScanEngineError } from './errors.js';
export type { ScanEngineErrorCode } from './errors.js';
export { createScanEngine } from './scan-engine.js';
export type { ScanEngine, ScanEngineOptions, ScanOutcome } from './scan-engine.js';
export type { ScanEngineProgress, ScanRequest } from './scan-request.js';

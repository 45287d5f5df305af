export { compareVersionKeys } from './versions/version-scheme.js';
export type { VersionKey, VersionScheme, VersionSchemeName } from './versions/version-scheme.js';
export { versionSchemes } from './versions/schemes.js';

import { semanticKey } from './semver.js';
import type { VersionScheme } from './version-scheme.js';

/** Hex, the packages of Erlang and Elixir: Semantic Versioning as Elixir's `Version` compares it; build metadata is left out. */
export const hex: VersionScheme = {
  name: 'hex',
  parse: (text) => semanticKey(text, { prereleaseIgnoresCase: false, buildCounts: false }),
};

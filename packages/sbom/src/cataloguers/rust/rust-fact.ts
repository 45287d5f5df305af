import type { CrateTrace } from './crate-traces.js';
import type { RustCrate } from './parse-audit-data.js';

/** What a program of Rust says of its crates: the list of cargo-auditable, or else what its messages tell. */
export type RustFact = { readonly crates: readonly RustCrate[]; readonly traces?: undefined } | { readonly traces: readonly CrateTrace[]; readonly crates?: undefined };

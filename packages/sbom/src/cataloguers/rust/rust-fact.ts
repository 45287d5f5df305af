import { joinCrateTraces, type CrateTrace } from './crate-trace-search.js';
import type { RustCrate } from './parse-audit-data.js';

/** What a program of Rust says of its crates: the list of cargo-auditable, or else what its messages tell. */
export type RustFact = { readonly crates: readonly RustCrate[]; readonly traces?: undefined } | { readonly traces: readonly CrateTrace[]; readonly crates?: undefined };

/** What programs of several architectures in one file say: a list, if one of them has it, or else what all name. */
export function joinRustFacts(facts: readonly RustFact[]): RustFact | undefined {
  return facts.find(({ crates }) => crates !== undefined) ?? { traces: joinCrateTraces(facts.map(({ traces = [] }) => traces)) };
}

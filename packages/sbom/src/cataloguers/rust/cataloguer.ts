import type { Location } from '../../catalogue.js';
import { packageUrl } from '../../package-url.js';
import { defineCataloguer, type Assembly, type ComponentDraft, type DraftRelationship } from '../cataloguer.js';
import { mayBeExecutable } from '../executable-path.js';
import { UniversalScanner } from '../universal-program.js';
import { AuditDataScanner } from './audit-data-scanner.js';
import type { CrateTrace } from './crate-trace-search.js';
import type { RustCrate } from './parse-audit-data.js';
import { joinRustFacts, type RustFact } from './rust-fact.js';

/** A path names its crate and version; that the code of the program is from there, and unchanged, is likely. */
const traceEvidence = { technique: 'binary-analysis', confidence: 0.7 } as const;

/** Programs of Rust, each with its crates: all that cargo-auditable lists, or some by the paths in the messages of a program built without it. */
export const rustCataloguer = defineCataloguer<RustFact>({
  name: 'rust',
  version: 4,
  candidates: { programs: true },
  wants: (path) => mayBeExecutable(path),
  scan: ({ sizeBytes }, head) =>
    AuditDataScanner.of(head, sizeBytes) ?? UniversalScanner.of(head, (slice, bytes) => AuditDataScanner.of(slice, bytes), joinRustFacts),
  assemble(view): Assembly {
    const programs = view.files.map((file) => {
      const identity = JSON.stringify(file.fact);
      const location = view.location(file.path, view.introducedIn(file, (fact) => JSON.stringify(fact) === identity));
      const { crates = [], traces = [] } = file.fact;
      return { crates, components: crates.map((crate) => makeComponent(crate, location)), guesses: traces.map((trace): ComponentDraft => ({ ...makeComponent(trace, location), evidence: traceEvidence })) };
    });
    return {
      components: programs.flatMap(({ components }) => components),
      guesses: programs.flatMap(({ guesses }) => guesses),
      guessesInsidePackages: true,
      guessesArePartial: true,
      relationships: programs.flatMap(({ crates, components }) => edgesOf(crates, components)),
    };
  },
});

function makeComponent({ name, version }: CrateTrace, location: Location): ComponentDraft {
  return { ecosystem: 'cargo', name, version, packageUrl: packageUrl({ type: 'cargo', name, version }), licences: [], locations: [location] };
}

function edgesOf(crates: readonly RustCrate[], components: readonly ComponentDraft[]): readonly DraftRelationship[] {
  return crates.flatMap(({ dependencies }, index) =>
    dependencies.flatMap((dependency): readonly DraftRelationship[] => {
      const from = components[index];
      const to = components[dependency];
      return from === undefined || to === undefined || from === to ? [] : [{ from, to, kind: 'depends-on' }];
    }),
  );
}

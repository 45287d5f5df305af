import { packageUrl } from '../../package-url.js';
import { defineCataloguer, type Assembly, type ComponentDraft, type DraftRelationship } from '../cataloguer.js';
import { mayBeExecutable } from '../executable-path.js';
import { UniversalScanner } from '../universal-program.js';
import { AuditDataScanner } from './audit-data-scanner.js';
import type { RustCrate } from './parse-audit-data.js';

/** Programs of Rust that were built with cargo-auditable, each with its crates. */
export const rustCataloguer = defineCataloguer<readonly RustCrate[]>({
  name: 'rust',
  version: 2,
  candidates: { programs: true },
  wants: (path) => mayBeExecutable(path),
  scan: ({ sizeBytes }, head) =>
    AuditDataScanner.of(head, sizeBytes) ?? UniversalScanner.of(head, (slice, bytes) => AuditDataScanner.of(slice, bytes), ([first]) => first),
  assemble(view): Assembly {
    const programs = view.files.map((file) => {
      const identity = JSON.stringify(file.fact);
      const location = view.location(file.path, view.introducedIn(file, (fact) => JSON.stringify(fact) === identity));
      const components = file.fact.map(
        ({ name, version }): ComponentDraft => ({
          ecosystem: 'cargo',
          name,
          version,
          packageUrl: packageUrl({ type: 'cargo', name, version }),
          licences: [],
          locations: [location],
        }),
      );
      return { components, relationships: edgesOf(file.fact, components) };
    });
    return {
      components: programs.flatMap(({ components }) => components),
      relationships: programs.flatMap(({ relationships }) => relationships),
    };
  },
});

function edgesOf(crates: readonly RustCrate[], components: readonly ComponentDraft[]): readonly DraftRelationship[] {
  return crates.flatMap(({ dependencies }, index) =>
    dependencies.flatMap((dependency): readonly DraftRelationship[] => {
      const from = components[index];
      const to = components[dependency];
      return from === undefined || to === undefined || from === to ? [] : [{ from, to, kind: 'depends-on' }];
    }),
  );
}

import { ecosystemOf } from '../../catalogue/ecosystem-of.js';
import { defineCataloguer, type Assembly, type ComponentDraft } from '../cataloguer.js';
import { mayBeExecutable } from '../executable-path.js';
import { nativeImageScanner } from './native-image-scanner.js';
import type { NativeLibrary } from './parse-native-sbom.js';

/** A native image brings its runtime and heap along: the least has several times as much. */
const minimumImageBytes = 1024 * 1024;

/** The builder tells libraries by their archives, and some groups by the names of Java packages. */
const evidence = { technique: 'attestation', confidence: 0.6 } as const;

/** Programs and libraries that GraalVM built from Java with an SBOM inside, each with its libraries. */
export const graalvmCataloguer = defineCataloguer<readonly NativeLibrary[]>({
  name: 'graalvm',
  version: 2,
  candidates: { programs: true },
  wants: (path, _mode, sizeBytes) => sizeBytes >= minimumImageBytes && mayBeExecutable(path),
  scan: (_file, head) => nativeImageScanner(head),
  assemble(view): Assembly {
    return {
      components: [],
      guesses: view.files.flatMap((file) => {
        const identity = JSON.stringify(file.fact);
        const location = view.location(file.path, view.introducedIn(file, (fact) => JSON.stringify(fact) === identity));
        return file.fact.map(
          ({ name, version, packageUrl, cpe }): ComponentDraft => ({
            ecosystem: ecosystemOf(packageUrl),
            name,
            version,
            packageUrl,
            licences: [],
            locations: [location],
            evidence,
            ...(cpe === undefined ? {} : { cpes: [cpe] }),
          }),
        );
      }),
      guessesInsidePackages: true,
    };
  },
});

import { mayBeExecutable } from '../executable-path.js';
import { defineCataloguer, type Assembly, type ViewFile } from '../cataloguer.js';
import { assembleAssemblies } from './assemble-assemblies.js';
import { assemblePackages, isDepsJson } from './assemble-packages.js';
import { AssemblyScanner } from './assembly-scanner.js';
import { BundleScanner } from './bundle-scanner.js';
import type { AssemblyFact, DotnetFact, PackagesFact } from './dotnet-fact.js';
import { DepsJsonScanner } from './extract-deps-json.js';
import { WindowsProgramScanner } from './windows-program-scanner.js';

/**
 * .NET: packages that deps.json files list, also inside single-file programs, the frameworks they run on, and assemblies
 * that no list accounts for.
 */
export const dotnetCataloguer = defineCataloguer<DotnetFact>({
  name: 'dotnet',
  version: 4,
  candidates: { endings: ['json'], programs: true },
  wants: (path, _mode, sizeBytes) => sizeBytes > 0 && (isDepsJson(path) || mayBeExecutable(path)),
  scan({ path, sizeBytes }, head) {
    if (isDepsJson(path)) return new DepsJsonScanner(path);
    if (head.toString('latin1', 0, 2) === 'MZ') {
      if (/\.exe$/i.test(path)) return new WindowsProgramScanner(head, sizeBytes);
      return /\.dll$/i.test(path) ? new AssemblyScanner(sizeBytes) : undefined;
    }
    return BundleScanner.of(head, sizeBytes);
  },
  assemble(view): Assembly {
    const lists = view.files.filter((file): file is ViewFile<PackagesFact> => file.fact.kind === 'packages');
    const assemblies = view.files.filter((file): file is ViewFile<AssemblyFact> => file.fact.kind === 'assembly');
    const listed = assemblePackages(view, lists);
    const others = assembleAssemblies(view, assemblies, lists);
    return {
      components: [...listed.components, ...others.components],
      guesses: others.guesses,
      contents: [...listed.contents, ...others.contents],
      relationships: [...listed.relationships, ...others.relationships],
    };
  },
});

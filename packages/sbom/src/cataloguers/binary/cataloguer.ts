import { packageUrl } from '../../package-url.js';
import { defineCataloguer, type Assembly, type CatalogueView, type ComponentDraft, type ViewFile } from '../cataloguer.js';
import { cpeName } from '../cpe-name.js';
import { anyPath, type ClassifierRule } from './classifier-rule.js';
import { classifierRules } from './classifier-rules.js';
import { VersionScanner, type BinaryFact } from './version-scanner.js';

/** Whether any rule is about a path, asked in one go: nearly every file of an image is no rule's, and is told so twenty times faster than rule by rule. */
const anyRule = anyPath(classifierRules.map(({ path }) => path));

const rulesByProduct = new Map(classifierRules.map((rule) => [rule.product, rule]));

/** Server programs, runtimes and libraries that came without a package, told by names and bytes of their files. */
export const binaryCataloguer = defineCataloguer<readonly BinaryFact[]>({
  name: 'binary',
  version: 5,
  // No rule is about a file whose ending says that it is no program.
  candidates: { programs: true },
  wants: (path, _mode, sizeBytes) => sizeBytes > 0 && anyRule.test(path),
  scan: ({ path }) => new VersionScanner(path, rulesFor(path)),
  assemble(view): Assembly {
    return { components: [], guessesInsidePackages: true, guesses: view.files.flatMap((file) => file.fact.map((fact) => makeComponent(view, file, fact))) };
  },
});

function rulesFor(path: string): readonly ClassifierRule[] {
  return classifierRules.filter((rule) => rule.path.test(path));
}

function makeComponent(view: CatalogueView<readonly BinaryFact[]>, file: ViewFile<readonly BinaryFact[]>, { product, version }: BinaryFact): ComponentDraft {
  const rule = rulesByProduct.get(product);
  const introducedIn = view.introducedIn(file, (fact) => fact.some((other) => other.product === product && other.version === version));
  return {
    ecosystem: 'generic',
    name: product,
    version,
    packageUrl: packageUrl({ type: 'generic', name: product, version }),
    licences: [],
    locations: [view.location(file.path, introducedIn)],
    evidence: { technique: 'binary-analysis', confidence: rule?.confidence ?? 0.5 },
    cpes: (rule?.cpes ?? []).map((cpe) => cpeName(cpe, version)),
  };
}

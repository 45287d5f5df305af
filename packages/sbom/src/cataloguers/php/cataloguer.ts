import type { Licence } from '../../catalogue.js';
import { joinPath, parentPath } from '../../layers/layer-path.js';
import { licence } from '../../licences/licence.js';
import { namedLicenceExpression } from '../../licences/licence-names.js';
import { packageUrl } from '../../package-url.js';
import {
  defineCataloguer,
  type Assembly,
  type CatalogueView,
  type ComponentDraft,
  type DraftRelationship,
  type Extraction,
  type ViewFile,
} from '../cataloguer.js';
import { parseInstalledJson, type ComposerPackage } from './parse-installed-json.js';

type ComposerFact = readonly ComposerPackage[];

/** PHP packages as Composer installed them. Lock files, which may be of another place or time, are not read. */
export const phpCataloguer = defineCataloguer<ComposerFact>({
  name: 'php',
  version: 1,
  candidates: { names: ['installed.json'] },
  wants: (path) => path.endsWith('composer/installed.json') && (path === 'composer/installed.json' || path.endsWith('/composer/installed.json')),
  extract({ content }): Extraction<ComposerFact> {
    try {
      const installed = parseInstalledJson(content.toString());
      if (installed === undefined) return unreadable('has no list of packages');
      const { packages, unusable } = installed;
      return {
        ...(packages.length === 0 ? {} : { fact: packages }),
        ...(unusable === 0 ? {} : unreadable(`lists ${unusable} without a usable name and version`)),
      };
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      return unreadable('is no JSON');
    }
  },
  assemble,
});

function unreadable(reason: string): Pick<Extraction<ComposerFact>, 'diagnostics'> {
  return { diagnostics: [{ code: 'composer-installed-unreadable', severity: 'incomplete', message: `The list of packages that Composer installed ${reason}.` }] };
}

function assemble(view: CatalogueView<ComposerFact>): Assembly {
  const installed = view.files.map((file) => new Map(file.fact.map((known) => [known, makeComponent(view, file, known)])));
  return {
    components: installed.flatMap((ofFile) => [...ofFile.values()]),
    relationships: installed.flatMap((ofFile) => resolveRequirements(ofFile)),
    contents: installed.flatMap((ofFile, index) => {
      const vendorFolder = parentPath(parentPath(view.files[index]?.path ?? ''));
      return [...ofFile].map(([{ name }, owner]) => ({ owner, folders: [joinPath(vendorFolder, name)] }));
    }),
  };
}

function makeComponent(view: CatalogueView<ComposerFact>, file: ViewFile<ComposerFact>, known: ComposerPackage): ComponentDraft {
  const { name, version, licences, description, homepage, author } = known;
  const slash = name.indexOf('/');
  const introducedIn = view.introducedIn(file, (fact) => fact.some((other) => other.name === name && other.version === version));
  return {
    ecosystem: 'composer',
    name,
    version,
    packageUrl: packageUrl({ type: 'composer', namespace: name.slice(0, slash), name: name.slice(slash + 1), version }),
    licences: composerLicences(licences),
    ...(description === undefined ? {} : { description }),
    ...(homepage === undefined ? {} : { homepage }),
    ...(author === undefined ? {} : { supplier: author }),
    locations: [view.location(file.path, introducedIn)],
  };
}

/** Several licences in a list are a choice (getcomposer.org, "The composer.json schema", license). */
function composerLicences(declared: readonly string[]): readonly Licence[] {
  const mapped = declared.map((name) => licence(name, namedLicenceExpression(name)));
  const expressions = mapped.flatMap(({ spdxExpression }) => spdxExpression ?? []);
  if (mapped.length < 2 || expressions.length < mapped.length) return mapped;
  return [licence(`(${declared.join(' or ')})`, expressions.map((expression) => (expression.includes(' ') ? `(${expression})` : expression)).join(' OR '))];
}

/** One folder of packages has one version of each; a name may be there by a package that replaces or provides it. */
function resolveRequirements(ofFile: ReadonlyMap<ComposerPackage, ComponentDraft>): readonly DraftRelationship[] {
  const byName = new Map<string, ComponentDraft>();
  for (const [{ provides }, component] of ofFile) for (const name of provides) byName.set(name, component);
  for (const [{ name }, component] of ofFile) byName.set(name, component);
  return [...ofFile].flatMap(([{ requires }, from]) =>
    requires.flatMap((name): DraftRelationship[] => {
      const to = byName.get(name);
      return to === undefined || to === from ? [] : [{ from, to, kind: 'depends-on' }];
    }),
  );
}

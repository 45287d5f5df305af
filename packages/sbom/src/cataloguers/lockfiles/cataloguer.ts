import { baseName } from '../../layers/layer-path.js';
import { packageUrl, type PackageUrlParts } from '../../package-url.js';
import { defineCataloguer, type Assembly, type CatalogueView, type ComponentDraft, type Extraction, type ViewFile } from '../cataloguer.js';
import type { LockfileEntry } from './lockfile-entry.js';
import { lockfileNames, lockfileParser } from './lockfile-kinds.js';

type LockfileFact = readonly LockfileEntry[];

/** Of one file: larger ones are of whole repositories, which images do not hold. */
const maximumLockfileBytes = 16 * 1024 * 1024;
const maximumEntries = 50_000;

/** Folders of packages: what was locked when they were made is of no use to who installed them. */
const packageFolders = /(?:^|\/)(?:node_modules|site-packages|dist-packages|gems|\.cargo|pkg\/mod|vendor)\//;

/** What lock files ask for. Nothing says that it was installed, so it is kept apart from what is. */
export const lockfilesCataloguer = defineCataloguer<LockfileFact>({
  name: 'lockfiles',
  version: 2,
  candidates: { names: lockfileNames, endings: ['txt'] },
  wants: (path, _mode, sizeBytes) => sizeBytes <= maximumLockfileBytes && lockfileParser(baseName(path)) !== undefined && !packageFolders.test(path),
  extract({ path, content }): Extraction<LockfileFact> {
    try {
      const fact = lockfileParser(baseName(path))?.(content.toString()) ?? [];
      return fact.length === 0 ? {} : { fact: fact.slice(0, maximumEntries) };
    } catch {
      return { diagnostics: [{ code: 'lockfile-unreadable', severity: 'notice', message: 'A file named like a lock file is none that can be read.' }] };
    }
  },
  assemble: (view): Assembly => ({ components: [], declared: view.files.flatMap((file) => file.fact.map((entry) => makeComponent(view, file, entry))) }),
});

function makeComponent(view: CatalogueView<LockfileFact>, file: ViewFile<LockfileFact>, { ecosystem, name, version, hashes, qualifiers }: LockfileEntry): ComponentDraft {
  return {
    ecosystem,
    name,
    version,
    packageUrl: packageUrl({ ...packageUrlParts(ecosystem, name), version, ...(qualifiers === undefined ? {} : { qualifiers }) }),
    licences: [],
    locations: [view.location(file.path, file.layerIndex)],
    ...(hashes === undefined ? {} : { hashes }),
    evidence: { technique: 'manifest-analysis', confidence: 0 },
  };
}

/** Where a name has several parts, the last one is the name in a package URL. */
function packageUrlParts(ecosystem: LockfileEntry['ecosystem'], name: string): PackageUrlParts {
  if (ecosystem === 'pypi') return { type: ecosystem, name: name.toLowerCase().replaceAll(/[-_.]+/g, '-') };
  const parted = ecosystem === 'golang' ? name.toLowerCase() : name;
  const divider = parted.lastIndexOf(ecosystem === 'maven' ? ':' : '/');
  return divider < 0 ? { type: ecosystem, name: parted } : { type: ecosystem, namespace: parted.slice(0, divider), name: parted.slice(divider + 1) };
}

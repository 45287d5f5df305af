import { z } from 'zod';
import { whenNeeded } from '../../when-needed.js';

/** What is kept of a package.json. Optional fields are absent where the file has none that can be read. */
export interface NpmPackage {
  readonly name: string;
  readonly version: string;
  /** As declared; several where the legacy list has several. */
  readonly licences: readonly string[];
  readonly description?: string;
  readonly homepage?: string;
  readonly author?: string;
  /** Names in `dependencies` and `optionalDependencies`. */
  readonly dependencies: readonly string[];
}

const text = whenNeeded(() => z.string().trim().min(1).optional().catch(undefined));
/** Legacy form of licences and authors: an object, of which one field matters. */
const named = whenNeeded(() => z.object({ type: text(), name: text() }));
const textOrNamed = whenNeeded(() => z.union([z.string(), named()]).optional().catch(undefined));
const licences = whenNeeded(() => z.union([z.string(), z.array(textOrNamed()), named()]).optional().catch(undefined));
const versions = whenNeeded(() => z.record(z.string(), z.unknown()).optional().catch(undefined));

/** One field of a wrong shape must not lose the package, so each falls back to absent. */
const packageJson = whenNeeded(() =>
  z.object({
    name: text(),
    version: text(),
    license: licences(),
    licenses: licences(),
    description: text(),
    homepage: text(),
    author: textOrNamed(),
    dependencies: versions(),
    optionalDependencies: versions(),
  }),
);

type Licences = z.infer<ReturnType<typeof packageJson>>['license'];

const namePattern = /^(?:@[A-Za-z0-9~*-][\w.~*-]*\/)?[A-Za-z0-9~_-][\w.~-]*$/;
const versionPattern = /^[v=\s]*[0-9][\w.+-]*$/;
const maximumDependencies = 2000;

/**
 * Reads a package.json (docs.npmjs.com, package.json).
 * @returns `undefined` for one that names no package: without name or version, or with a template's placeholders there.
 * @throws SyntaxError for text that is no JSON.
 */
export function parsePackageJson(content: string): NpmPackage | undefined {
  const parsed = packageJson().safeParse(JSON.parse(content.replace(/^\uFEFF/, '')));
  if (!parsed.success) return undefined;
  const { name, version, description, homepage, author, dependencies, optionalDependencies, license, licenses } = parsed.data;
  if (name === undefined || version === undefined) return undefined;
  if (name.length > 214 || !namePattern.test(name) || version.length > 256 || !versionPattern.test(version)) return undefined;
  const authorName = typeof author === 'string' ? author : author?.name;
  return {
    name,
    version: version.replace(/^[v=\s]+/, ''),
    licences: declaredLicences(license ?? licenses),
    ...(description === undefined ? {} : { description: description.slice(0, 1000) }),
    ...(homepage === undefined ? {} : { homepage: homepage.slice(0, 2000) }),
    ...(authorName === undefined || authorName === '' ? {} : { author: authorName.slice(0, 300) }),
    dependencies: [...new Set([...Object.keys(dependencies ?? {}), ...Object.keys(optionalDependencies ?? {})])]
      .filter((dependency) => namePattern.test(dependency))
      .slice(0, maximumDependencies),
  };
}

function declaredLicences(declared: Licences): readonly string[] {
  const entries = Array.isArray(declared) ? declared : [declared];
  return entries.flatMap((entry) => {
    const name = typeof entry === 'string' ? entry.trim() : (entry?.type ?? entry?.name);
    return name === undefined || name === '' ? [] : [name];
  });
}

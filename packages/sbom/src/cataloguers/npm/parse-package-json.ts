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

const namePattern = /^(?:@[A-Za-z0-9~*-][\w.~*-]*\/)?[A-Za-z0-9~_-][\w.~-]*$/;
const versionPattern = /^[v=\s]*[0-9][\w.+-]*$/;
const maximumDependencies = 2000;

/**
 * Reads a package.json (docs.npmjs.com, package.json).
 * @returns `undefined` for one that names no package: without name or version, or with a template's placeholders there.
 * @throws SyntaxError for text that is no JSON.
 */
export function parsePackageJson(content: string): NpmPackage | undefined {
  const manifest = fieldsOf(JSON.parse(content.replace(/^\uFEFF/, '')));
  const name = text(manifest?.name);
  const version = text(manifest?.version);
  if (manifest === undefined || name === undefined || version === undefined) return undefined;
  if (name.length > 214 || !namePattern.test(name) || version.length > 256 || !versionPattern.test(version)) return undefined;
  const description = text(manifest.description);
  const homepage = text(manifest.homepage);
  const author = typeof manifest.author === 'string' ? manifest.author : text(fieldsOf(manifest.author)?.name);
  return {
    name,
    version: version.replace(/^[v=\s]+/, ''),
    licences: declaredLicences(manifest.license) ?? declaredLicences(manifest.licenses) ?? [],
    ...(description === undefined ? {} : { description: description.slice(0, 1000) }),
    ...(homepage === undefined ? {} : { homepage: homepage.slice(0, 2000) }),
    ...(author === undefined || author === '' ? {} : { author: author.slice(0, 300) }),
    dependencies: [...new Set([...namesIn(manifest.dependencies), ...namesIn(manifest.optionalDependencies)])]
      .filter((dependency) => namePattern.test(dependency))
      .slice(0, maximumDependencies),
  };
}

type Fields = Readonly<Record<string, unknown>>;

/** Told apart by hand: thousands of manifests are read of an image, for which a schema takes twice as long. */
function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

function text(value: unknown): string | undefined {
  const trimmed = typeof value === 'string' ? value.trim() : '';
  return trimmed === '' ? undefined : trimmed;
}

function namesIn(versions: unknown): readonly string[] {
  return Object.keys(fieldsOf(versions) ?? {}).filter((name) => name !== '__proto__');
}

/** `undefined` for what is neither a text, nor an object of the legacy form, nor a list of those. */
function declaredLicences(declared: unknown): readonly string[] | undefined {
  if (typeof declared !== 'string' && (typeof declared !== 'object' || declared === null)) return undefined;
  return (Array.isArray(declared) ? declared : [declared]).flatMap((entry: unknown) => {
    const fields = fieldsOf(entry);
    const name = typeof entry === 'string' ? entry.trim() : (text(fields?.type) ?? text(fields?.name));
    return name === undefined || name === '' ? [] : [name];
  });
}

/** What is kept of a METADATA or PKG-INFO file. Optional fields are absent where the file has none. */
export interface PythonMetadata {
  /** As written, not normalised. */
  readonly name?: string;
  readonly version?: string;
  readonly licenceExpression?: string;
  readonly licence?: string;
  /** Those that begin with `License ::`. */
  readonly licenceClassifiers: readonly string[];
  readonly summary?: string;
  readonly homepage?: string;
  readonly author?: string;
  /** Values of Requires-Dist. */
  readonly requires: readonly string[];
}

const maximumRequirements = 10_000;

/**
 * Reads the headers of a Python distribution's metadata (packaging.python.org, Core metadata specifications): e-mail
 * headers, up to the first blank line. Lines that are none are passed over; `UNKNOWN` counts as absent.
 */
export function parsePythonMetadata(text: string): PythonMetadata {
  const headers = readHeaders(text);
  const first = (name: string): string | undefined => {
    const value = headers.find(([header]) => header === name)?.[1];
    return value === undefined || value === '' || value === 'UNKNOWN' ? undefined : value;
  };
  const all = (name: string): readonly string[] => headers.flatMap(([header, value]) => (header === name ? [value] : []));
  const homepageUrl = all('project-url')
    .map((value) => /^\s*home-?\s?page\s*,\s*(\S+)$/i.exec(value)?.[1])
    .find((url) => url !== undefined);
  const optional = {
    name: first('name'),
    version: first('version'),
    licenceExpression: first('license-expression'),
    licence: first('license'),
    summary: first('summary')?.slice(0, 1000),
    homepage: (first('home-page') ?? homepageUrl)?.slice(0, 2000),
    author: (first('author') ?? first('author-email') ?? first('maintainer') ?? first('maintainer-email'))?.slice(0, 300),
  };
  return {
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
    licenceClassifiers: all('classifier').filter((classifier) => classifier.startsWith('License ::')),
    requires: all('requires-dist').slice(0, maximumRequirements),
  };
}

function readHeaders(text: string): readonly (readonly [string, string])[] {
  const headers: [string, string][] = [];
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    if (line === '') break;
    const last = headers.at(-1);
    if (/^[ \t]/.test(line)) {
      if (last !== undefined) last[1] += `\n${line}`;
      continue;
    }
    const colon = line.indexOf(':');
    if (colon > 0) headers.push([line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]);
  }
  return headers;
}

const maximumAttributes = 1000;
const maximumValueLength = 8192;

/**
 * Reads the main section of a MANIFEST.MF (JAR File Specification, "Manifest Specification"): what it says of the archive.
 * The sections after it describe single files or folders in it and are left alone.
 * @returns values by attribute name in lower case; values that begin with `%` stand in other files and are left out.
 */
export function parseManifest(text: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  let current = '';
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)) {
    if (line === '') {
      // Some tools begin with blank lines.
      if (attributes.size > 0) break;
      continue;
    }
    if (line.startsWith(' ')) {
      const begun = attributes.get(current);
      if (begun !== undefined && begun.length < maximumValueLength) attributes.set(current, begun + line.slice(1));
      continue;
    }
    const colon = line.indexOf(':');
    if (colon <= 0 || attributes.size >= maximumAttributes) continue;
    current = line.slice(0, colon).trim().toLowerCase();
    if (current === 'name') break;
    attributes.set(current, line.slice(colon + 1));
  }
  const values = [...attributes].map(([name, value]) => [name, value.trim()] as const);
  return new Map(values.filter(([, value]) => value !== '' && !value.startsWith('%')));
}

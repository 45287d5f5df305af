/** Members of JSON documents that name a package; others refer to one, by whatever identifier the maker gave it. */
const members: ReadonlySet<string> = new Set(['purl', 'referenceLocator', 'identifier', 'software_packageUrl']);

/**
 * Package URLs that a document names packages by, without the reader that is being looked at. Those of images are left out,
 * which are no packages of the image.
 */
export function packageUrlsOf(text: string): ReadonlySet<string> {
  const written = text.startsWith('{') ? ofJson(text) : [...text.matchAll(/<purl>([^<]+)<\/purl>|^ExternalRef: PACKAGE[-_]MANAGER purl (\S+)$/gm)].map(([, xml, tagged]) => (xml ?? tagged ?? '').replaceAll('&amp;', '&'));
  return new Set(written.filter((packageUrl) => !packageUrl.startsWith('pkg:oci/')));
}

function ofJson(text: string): readonly string[] {
  const found: string[] = [];
  JSON.parse(text, (member: string, value: unknown) => {
    if (members.has(member) && typeof value === 'string' && value.startsWith('pkg:')) found.push(value);
    return value;
  });
  return found;
}

/** For tables, six characters and four: `sha256:9f31c2…e07b`. */
export function formatDigest(digest: string): string {
  return shorten(digest, 6, 4);
}

/** For headers, eight and eight: `sha256:9f31c2a4…77d0e07b`. */
export function formatLongDigest(digest: string): string {
  return shorten(digest, 8, 8);
}

function shorten(digest: string, head: number, tail: number): string {
  const colon = digest.indexOf(':');
  const hex = digest.slice(colon + 1);
  return hex.length <= head + tail + 1 ? digest : `${digest.slice(0, colon + 1)}${hex.slice(0, head)}…${hex.slice(-tail)}`;
}

/** What a pom.properties says; an empty text where it says nothing. */
export interface PomProperties {
  readonly groupId: string;
  readonly artifactId: string;
  readonly version: string;
}

/** Reads the pom.properties that Maven puts into archives, in the format of java.util.Properties. */
export function parsePomProperties(text: string): PomProperties {
  const values = new Map<string, string>();
  const lines = text.split(/\r\n?|\n/);
  for (let index = 0; index < lines.length; index += 1) {
    let line = (lines[index] ?? '').trimStart();
    if (line === '' || line.startsWith('#') || line.startsWith('!')) continue;
    while (isContinued(lines[index] ?? '') && index + 1 < lines.length) {
      index += 1;
      line = line.slice(0, -1) + (lines[index] ?? '').trimStart();
    }
    const [, key = '', value = ''] = /^((?:\\.|[^\\=:\s])*)\s*[=:]?\s*(.*)$/s.exec(line) ?? [];
    values.set(unescape(key), unescape(value).trim());
  }
  return { groupId: values.get('groupId') ?? '', artifactId: values.get('artifactId') ?? '', version: values.get('version') ?? '' };
}

/** Whether a line ends in an odd number of backslashes. */
function isContinued(line: string): boolean {
  let start = line.length;
  while (line.charAt(start - 1) === '\\') start -= 1;
  return (line.length - start) % 2 === 1;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f' };

function unescape(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replaceAll(/\\(?:u([0-9a-fA-F]{4})|(.)|$)/gs, (_all, code: string | undefined, character: string | undefined) =>
    code === undefined ? (escapes[character ?? ''] ?? character ?? '') : String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/**
 * Reads assignments of an os-release file (os-release(5)), which is a subset of shell: single or double quotes, a
 * backslash before `"`, `$`, `\` and backquote in double quotes. A later assignment wins. Other lines are passed over.
 */
export function parseOsRelease(text: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const assignment = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)$/.exec(line);
    const [, name, value] = assignment ?? [];
    if (name !== undefined && value !== undefined) fields.set(name, unquote(value.trim()));
  }
  return fields;
}

function unquote(value: string): string {
  const quote = value.charAt(0);
  if (quote === '"') {
    const [, inner = ''] = /^"((?:[^"\\]|\\.)*)/.exec(value) ?? [];
    return inner.replaceAll(/\\(["$`\\])/g, '$1').trim();
  }
  if (quote === "'") {
    const end = value.indexOf("'", 1);
    return value.slice(1, end < 0 ? undefined : end).trim();
  }
  // Blanks without quotes are no assignment to a shell; systemd reads them to the end of the line, and so do people.
  return value.replaceAll(/\\(.)/g, '$1');
}

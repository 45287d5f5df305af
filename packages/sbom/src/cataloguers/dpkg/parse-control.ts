/** One stanza of a Debian control file: field names in lower case, continuation lines joined with line feeds. */
export type ControlStanza = ReadonlyMap<string, string>;

export interface ControlFile {
  readonly stanzas: readonly ControlStanza[];
  /** Lines that are neither a field, nor the continuation of one, nor a comment. */
  readonly unreadableLines: number;
}

/**
 * Reads a Debian control file (deb822(5)). Damage is passed over: a line that is no field is counted and ends the field
 * before it, and of two fields of one name in a stanza the first is kept.
 */
export function parseControl(text: string): ControlFile {
  const stanzas: ControlStanza[] = [];
  let stanza = new Map<string, string>();
  let field: string | undefined;
  let unreadableLines = 0;
  for (const rawLine of text.split('\n')) {
    const line = rawLine.endsWith('\r') ? rawLine.slice(0, -1) : rawLine;
    const first = line.charCodeAt(0);
    if (line === '' || line.trim() === '') {
      if (stanza.size > 0) stanzas.push(stanza);
      stanza = new Map();
      field = undefined;
    } else if (first === 0x20 || first === 0x09) {
      if (field === undefined) unreadableLines += 1;
      else if (field !== '') stanza.set(field, `${stanza.get(field) ?? ''}\n${line.trim()}`);
    } else if (first !== 0x23) {
      const colon = line.indexOf(':');
      const name = colon <= 0 ? '' : line.slice(0, colon).toLowerCase();
      if (name === '' || /\s/.test(name)) {
        unreadableLines += 1;
        field = undefined;
      } else if (stanza.has(name)) {
        field = '';
      } else {
        field = name;
        stanza.set(name, line.slice(colon + 1).trim());
      }
    }
  }
  if (stanza.size > 0) stanzas.push(stanza);
  return { stanzas, unreadableLines };
}

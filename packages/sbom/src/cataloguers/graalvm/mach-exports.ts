/** Longest number of seven bits a byte that is read: addresses have at most 48 bits. */
const maximumNumberBytes = 8;

/**
 * Address of a symbol in the trie of exports of a Mach-O file (mach-o/loader.h, `dyld_info_command`): each node has what its own
 * name stands for, and how names that begin with it go on.
 * @returns the address behind that of the headers; `undefined` where the symbol is none of the trie, or from another library
 */
export function exportedAddress(trie: Buffer, symbol: string): number | undefined {
  let rest = symbol;
  let node = 0;
  for (;;) {
    const terminal = readNumber(trie, node);
    if (terminal === undefined) return undefined;
    if (rest === '') {
      const flags = terminal.value === 0 ? undefined : readNumber(trie, terminal.end);
      // Others stand for no place in the file: re-exports, thread-local and absolute ones, those with a resolver.
      return flags?.value === 0 ? readNumber(trie, flags.end)?.value : undefined;
    }
    const next = childOf(trie, terminal.end + terminal.value, rest);
    if (next === undefined) return undefined;
    rest = rest.slice(next.label.length);
    node = next.node;
  }
}

/** The node that goes on with the beginning of a text; that takes at least a character of it, so that loops end. */
function childOf(trie: Buffer, at: number, text: string): { readonly label: string; readonly node: number } | undefined {
  let position = at + 1;
  for (let left = trie[at] ?? 0; left > 0; left -= 1) {
    const end = trie.indexOf(0, position);
    const node = end < 0 ? undefined : readNumber(trie, end + 1);
    if (node === undefined) return undefined;
    const label = trie.toString('latin1', position, end);
    if (label !== '' && text.startsWith(label)) return { label, node: node.value };
    position = node.end;
  }
  return undefined;
}

/** A number in ULEB128. */
function readNumber(bytes: Buffer, start: number): { readonly value: number; readonly end: number } | undefined {
  let value = 0;
  for (let index = 0; index < maximumNumberBytes; index += 1) {
    const byte = bytes[start + index];
    if (byte === undefined) return undefined;
    value += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return { value, end: start + index + 1 };
  }
  return undefined;
}

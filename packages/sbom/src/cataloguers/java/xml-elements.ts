/** An element without child elements: the names of it and its ancestors, joined by `/`, and its text. */
interface XmlText {
  readonly path: string;
  readonly text: string;
}

export interface XmlVisitor {
  /** An element ends; `text` is what it held itself, trimmed. */
  element(element: XmlText): void;
}

const maximumDepth = 32;
const maximumElements = 100_000;

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Walks through XML (W3C XML 1.0) for the texts of its elements, in one pass and without a tree. Attributes, comments,
 * instructions and document types are passed over; entities that a document defines itself are never expanded. Reading
 * stops where the nesting or the number of elements is no real document's.
 */
export function walkXml(text: string, visitor: XmlVisitor): void {
  const open: { readonly path: string; text: string }[] = [];
  let count = 0;
  let at = 0;
  while (at < text.length) {
    const tag = text.indexOf('<', at);
    const current = open.at(-1);
    if (tag < 0) return;
    if (current !== undefined && tag > at) current.text += decode(text.slice(at, tag));
    if (text.startsWith('<![CDATA[', tag)) {
      const end = after(text, ']]>', tag);
      if (current !== undefined) current.text += text.slice(tag + 9, end - 3);
      at = end;
      continue;
    }
    if (text.startsWith('<!--', tag)) at = after(text, '-->', tag);
    else if (text.startsWith('<?', tag)) at = after(text, '?>', tag);
    else if (text.startsWith('<!', tag)) at = afterDocumentType(text, tag);
    else {
      at = after(text, '>', tag);
      if (text.startsWith('</', tag)) {
        const ended = open.pop();
        if (ended !== undefined) visitor.element({ path: ended.path, text: ended.text.trim() });
        if (open.length === 0) return;
        continue;
      }
      count += 1;
      if (count > maximumElements || open.length >= maximumDepth) return;
      if (text.charAt(at - 2) === '/') continue;
      const name = /^[^\s/>]{1,200}/.exec(text.slice(tag + 1, tag + 201))?.[0] ?? '';
      open.push({ path: current === undefined ? name : `${current.path}/${name}`, text: '' });
    }
  }
}

function after(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found + mark.length;
}

function afterDocumentType(text: string, from: number): number {
  const end = after(text, '>', from);
  return text.slice(from, end).includes('[') ? after(text, '>', after(text, ']', from)) : end;
}

function decode(text: string): string {
  if (!text.includes('&')) return text;
  return text.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(\w{1,10}));/g, (all, decimal: string | undefined, hexadecimal: string | undefined, name: string | undefined) => {
    if (name !== undefined) return entities[name] ?? all;
    const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
}

/** An XML element: its name, attributes (absent ones are left out) and either text or children. */
export interface XmlElement {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string | undefined>>;
  readonly content: string | readonly XmlElement[];
}

/** An element with children, those that are undefined left out; undefined when none is left and it has no attribute. */
export function xmlParent(name: string, children: readonly (XmlElement | undefined)[], attributes?: XmlElement['attributes']): XmlElement | undefined {
  const content = children.filter((child) => child !== undefined);
  return content.length === 0 && attributes === undefined ? undefined : { name, content, ...(attributes === undefined ? {} : { attributes }) };
}

/** An element with text; undefined when there is none to write. */
export function xmlText(name: string, text: string | undefined, attributes?: XmlElement['attributes']): XmlElement | undefined {
  return text === undefined ? undefined : { name, content: text, ...(attributes === undefined ? {} : { attributes }) };
}

/** The text of an element, two spaces a level, ending with a line break. */
export function xmlOf({ name, attributes = {}, content }: XmlElement, level = 0): string {
  const indentation = '  '.repeat(level);
  const opening = `${indentation}<${name}${xmlAttributes(attributes)}`;
  if (content.length === 0) return `${opening}/>\n`;
  if (typeof content === 'string') return `${opening}>${xmlEscaped(content)}</${name}>\n`;
  return `${opening}>\n${content.map((child) => xmlOf(child, level + 1)).join('')}${indentation}</${name}>\n`;
}

/** Attributes with a space before each. */
export function xmlAttributes(attributes: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(attributes)
    .flatMap(([name, value]) => (value === undefined ? [] : [` ${name}="${xmlEscaped(value).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')}"`]))
    .join('');
}

/** Text for XML 1.0; characters it cannot hold at all (section 2.2) become the replacement character. */
function xmlEscaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\u{FFFD}')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');
}

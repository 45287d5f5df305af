import type { Property } from '../catalogue-facts.js';

const firstLine = 'esscm properties';

/** What stands for a character that would end a line, a name or the free text of the tag-value form. */
const escapes: readonly (readonly [character: string, escape: string])[] = [
  ['\\', String.raw`\\`],
  ['\n', String.raw`\n`],
  ['\r', String.raw`\r`],
  ['<', String.raw`\l`],
  ['=', String.raw`\e`],
];

/** Properties as the text of an annotation: a first line that says so, then `name=value` a line. */
export function annotationText(properties: readonly Property[]): string {
  return [firstLine, ...properties.map(({ name, value }) => `${escaped(name, escapes)}=${escaped(value, escapes.slice(0, -1))}`)].join('\n');
}

/** The properties of an annotation that {@link annotationText} wrote, or the single `Name: value` that trivy writes. */
export function readAnnotation(comment: string): readonly Property[] {
  const [start, ...lines] = comment.split('\n');
  if (start !== firstLine) {
    const [, name, value = ''] = /^([A-Za-z]\w*): (.*)$/.exec(comment) ?? [];
    return name === undefined ? [] : [{ name, value }];
  }
  return lines.flatMap((line) => {
    const at = line.indexOf('=');
    return at < 0 ? [] : [{ name: unescaped(line.slice(0, at)), value: unescaped(line.slice(at + 1)) }];
  });
}

function escaped(text: string, table: typeof escapes): string {
  return table.reduce((result, [character, escape]) => result.replaceAll(character, escape), text);
}

function unescaped(text: string): string {
  return text.includes('\\') ? text.replaceAll(/\\[\\nrle]/g, (escape) => escapes.find(([, known]) => known === escape)?.[0] ?? escape) : text;
}

import { DocumentError } from './document-error.js';

const [quote, backslash, openBrace, openBracket, closeBrace, closeBracket] = new TextEncoder().encode('"\\{[}]');

/**
 * Parses JSON whose nesting is bounded.
 * @throws DocumentError of code `invalid-document`, with line and column where the text ends being JSON
 */
export function parseJson(bytes: Uint8Array, text: string, maximumDepth: number): unknown {
  if (deeperThan(bytes, maximumDepth)) {
    throw new DocumentError('invalid-document', `The document is nested more than ${maximumDepth} levels deep`, 'Real SBOM documents are not. Make it again with the program that wrote it.');
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : '';
    const [, line, column] = /\(line (\d+) column (\d+)\)/.exec(reason) ?? [];
    // Without a position the text ended before the JSON did.
    const place = line === undefined ? `line ${text.split('\n').length}` : `line ${line}, column ${column}`;
    throw new DocumentError('invalid-document', 'The document is not well-formed JSON', 'It may have been cut off. Make it again with the program that wrote it.', [{ place, message: 'Here the text stops being JSON.' }], cause);
  }
}

/** One pass over the bytes, before anything that recurses sees them. */
function deeperThan(bytes: Uint8Array, maximumDepth: number): boolean {
  let depth = 0;
  let inText = false;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index];
    if (inText) {
      if (byte === backslash) index += 1;
      else if (byte === quote) inText = false;
    } else if (byte === quote) inText = true;
    else if (byte === openBrace || byte === openBracket) {
      depth += 1;
      if (depth > maximumDepth) return true;
    } else if (byte === closeBrace || byte === closeBracket) depth -= 1;
  }
  return false;
}

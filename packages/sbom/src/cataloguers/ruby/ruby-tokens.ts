/** A piece of Ruby source: a text literal, a word, or a sign. */
export interface RubyToken {
  readonly kind: 'text' | 'word' | 'sign';
  /** Of a text literal what it stands for, with interpolations as they are written. */
  readonly value: string;
}

const maximumTokens = 500_000;

const brackets: Readonly<Record<string, string>> = { '<': '>', '(': ')', '[': ']', '{': '}' };
const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', s: ' ', e: '\u001b', '0': '\0' };

/**
 * Takes apart the Ruby that RubyGems writes: comments, words, signs, and literals in quotes or of the `%q` kinds. Nothing
 * is evaluated. Reading stops at a literal without end and after as many pieces as no specification has.
 */
export function* rubyTokens(source: string): Generator<RubyToken> {
  let at = 0;
  for (let count = 0; at < source.length && count < maximumTokens; ) {
    const character = source.charAt(at);
    if (isSpace(character)) {
      at += 1;
      continue;
    }
    if (character === '#') {
      const end = source.indexOf('\n', at);
      at = end < 0 ? source.length : end;
      continue;
    }
    count += 1;
    const literal = literalAt(source, at);
    if (literal !== undefined) {
      if (literal.end < 0) return;
      yield { kind: 'text', value: literal.value };
      at = literal.end;
    } else if (isWord(character)) {
      const start = at;
      while (at < source.length && isWord(source.charAt(at))) at += 1;
      yield { kind: 'word', value: source.slice(start, at) };
    } else {
      yield { kind: 'sign', value: character };
      at += 1;
    }
  }
}

interface Literal {
  readonly value: string;
  /** Behind the literal; negative where the source ends inside it. */
  readonly end: number;
}

function literalAt(source: string, at: number): Literal | undefined {
  const character = source.charAt(at);
  if (character === '"' || character === "'") return readLiteral(source, at + 1, '', character, character === '"');
  const kind = source.charAt(at + 1);
  if (character !== '%' || (kind !== 'q' && kind !== 'Q')) return undefined;
  const opening = source.charAt(at + 2);
  if (opening === '' || isWord(opening) || isSpace(opening)) return undefined;
  const closing = brackets[opening];
  return readLiteral(source, at + 3, closing === undefined ? '' : opening, closing ?? opening, kind === 'Q');
}

function readLiteral(source: string, start: number, opening: string, closing: string, isEscaped: boolean): Literal {
  let value = '';
  let depth = 0;
  for (let at = start; at < source.length; at += 1) {
    const character = source.charAt(at);
    if (character === '\\') {
      const escape = escapeAt(source, at + 1, isEscaped, closing);
      value += escape.value;
      at = escape.end - 1;
      continue;
    }
    if (character === opening) depth += 1;
    else if (character === closing) {
      if (depth === 0) return { value, end: at + 1 };
      depth -= 1;
    }
    value += character;
  }
  return { value, end: -1 };
}

/** What stands behind a backslash. */
function escapeAt(source: string, at: number, isEscaped: boolean, closing: string): Literal {
  const character = source.charAt(at);
  if (!isEscaped) return { value: character === closing || character === '\\' ? character : `\\${character}`, end: at + 1 };
  if (character === 'u') {
    const isBraced = source.charAt(at + 1) === '{';
    const from = at + (isBraced ? 2 : 1);
    const digits = isBraced ? hexadecimalDigits(source, from, 6) : hexadecimalDigits(source, from, 4);
    const code = Number.parseInt(digits, 16);
    if (digits !== '' && code <= 0x10ffff) return { value: String.fromCodePoint(code), end: from + digits.length + (isBraced ? 1 : 0) };
  }
  if (character === 'x') {
    const digits = hexadecimalDigits(source, at + 1, 2);
    if (digits !== '') return { value: String.fromCodePoint(Number.parseInt(digits, 16)), end: at + 1 + digits.length };
  }
  return { value: escapes[character] ?? character, end: at + 1 };
}

function hexadecimalDigits(source: string, from: number, maximum: number): string {
  let end = from;
  while (end < from + maximum && '0123456789abcdefABCDEF'.includes(source.charAt(end) || ' ')) end += 1;
  return source.slice(from, end);
}

function isSpace(character: string): boolean {
  return character === ' ' || character === '\n' || character === '\t' || character === '\r';
}

function isWord(character: string): boolean {
  return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') || (character >= '0' && character <= '9') || character === '_' || character > '\u007f';
}

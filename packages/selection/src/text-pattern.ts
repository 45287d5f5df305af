import { RE2JS } from 're2js';
import { InvalidRuleError } from './errors.js';

/**
 * A glob or a regular expression; either has to match the whole text.
 *
 * A glob knows `*` (any characters but `/`), `**` (any characters), `?` (one character but `/`) and `{a,b}` (one of several).
 * A regular expression is of RE2's syntax: no backreferences and no look-around, so that no text takes longer than linear time.
 */
export interface TextPattern {
  readonly kind: 'glob' | 'regex';
  readonly text: string;
}

/** Longest pattern, in characters. */
export const maximumPatternLength = 500;
/** RE2 bounds repetitions at 1,000 each; this bounds what nested ones multiply to. */
const maximumProgramSize = 10_000;

/**
 * Whether a text matches, in time linear to its length whatever the pattern.
 * @throws InvalidRuleError for a pattern that cannot be read
 */
export function compilePattern(field: string, { kind, text }: TextPattern): (candidate: string) => boolean {
  if (text === '' || text.length > maximumPatternLength) {
    throw new InvalidRuleError(field, `A pattern has 1 to ${maximumPatternLength} characters.`);
  }
  const source = kind === 'glob' ? globToExpression(field, text) : text;
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(source);
  } catch (cause) {
    throw new InvalidRuleError(field, `This ${kind === 'glob' ? 'pattern' : 'regular expression'} cannot be read: ${reasonOf(cause)}`, { cause });
  }
  if (compiled.programSize() > maximumProgramSize) throw new InvalidRuleError(field, 'This pattern is too large. Use fewer repetitions.');
  return (candidate) => compiled.testExact(candidate);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : 'it is not valid.';
}

function globToExpression(field: string, glob: string): string {
  let expression = '';
  let open = false;
  for (let index = 0; index < glob.length; index += 1) {
    const character = glob.charAt(index);
    if (character === '*') {
      const deep = glob.charAt(index + 1) === '*';
      expression += deep ? '.*' : '[^/]*';
      if (deep) index += 1;
    } else if (character === '?') expression += '[^/]';
    else if (character === '{') {
      if (open) throw new InvalidRuleError(field, 'Braces cannot stand inside braces.');
      open = true;
      expression += '(?:';
    } else if (character === '}' && open) {
      open = false;
      expression += ')';
    } else if (character === ',' && open) expression += '|';
    else expression += RE2JS.quote(character);
  }
  if (open) throw new InvalidRuleError(field, 'A brace is not closed.');
  return expression;
}

import { describe, expect, it } from 'vitest';
import { InvalidRuleError } from './errors.js';
import { compilePattern, type TextPattern } from './text-pattern.js';

const glob = (text: string): TextPattern => ({ kind: 'glob', text });
const regex = (text: string): TextPattern => ({ kind: 'regex', text });

describe('compilePattern', () => {
  it.each([
    [glob('payments/*'), ['payments/api'], ['payments', 'payments/api/v2', 'a/payments/api']],
    [glob('payments/**'), ['payments/api', 'payments/api/v2'], ['payments', 'shop/payments/api']],
    [glob('**'), ['a', 'a/b'], []],
    [glob('**/api'), ['x/api', 'x/y/api'], ['api', 'x/api2']],
    [glob('v?.*'), ['v1.2', 'v9.'], ['v10.2', '1.2']],
    [glob('{api,web}-*'), ['api-1', 'web-'], ['db-1', 'api']],
    // Everything else in a glob means itself, also what an expression would read otherwise.
    [glob('1.2+b(x)[y]^$|\\'), ['1.2+b(x)[y]^$|\\'], ['1a2+b(x)[y]^$|\\']],
    [glob('a,b}'), ['a,b}'], ['a']],
    [regex('v\\d+\\.\\d+'), ['v1.2', 'v10.20'], ['v1.2.3', 'xv1.2', 'v1']],
    [regex('(?i)release-.*'), ['Release-1', 'release-'], ['pre-release-1']],
    [regex('a|b'), ['a', 'b'], ['ab', 'ac']],
  ])('%o', (pattern, matching, others) => {
    const matches = compilePattern('tag', pattern);
    const results = Object.fromEntries([...matching, ...others].map((text) => [text, matches(text)]));
    expect(results).toEqual({ ...Object.fromEntries(matching.map((text) => [text, true])), ...Object.fromEntries(others.map((text) => [text, false])) });
  });

  it.each([
    ['(a+)+', 'a'.repeat(4000), true],
    ['(a+)+', `${'a'.repeat(4000)}!`, false],
    ['(a|a)*b', 'a'.repeat(4000), false],
    ['(.*)*(.*)*(.*)*x', 'y'.repeat(4000), false],
    ['(a?){500}a{500}', 'a'.repeat(499), false],
  ])('%s ends on a text that makes backtracking engines run for ages', (text, candidate, expected) => {
    expect(compilePattern('tag', regex(text))(candidate)).toBe(expected);
  });

  it.each([
    [regex('('), /cannot be read/],
    [regex('(a)\\1'), /cannot be read/],
    [regex('(?=a)b'), /cannot be read/],
    [regex('a{2000}'), /cannot be read/],
    [regex('((a{100}){100}){10}'), /cannot be read|too large/],
    [glob('{a'), /not closed/],
    [glob('{a,{b}}'), /inside braces/],
    [glob(''), /1 to 500/],
    [glob('a'.repeat(501)), /1 to 500/],
  ])('refuses %o', (pattern, message) => {
    const refused = (): unknown => compilePattern('repository', pattern);
    expect(refused).toThrow(InvalidRuleError);
    expect(refused).toThrow(message);
  });
});

import { describe, expect, it } from 'vitest';
import { jsonChunks, JsonElements } from './json-chunks.js';

describe('jsonChunks', () => {
  it.each([
    ['an object', { a: 1, b: 'x\ny', c: { d: [1, { e: null }] } }],
    ['a long list', { a: 1, list: [{ a: 1 }, { b: [2, 3], c: {} }], z: [] }],
    ['an empty list', { list: [] }],
    ['nothing', {}],
    ['what is undefined', { a: undefined, list: [{ a: 1 }], b: undefined }],
  ])('writes %s as JSON.stringify does', (_what, { list, ...members }: { list?: readonly object[] } & Readonly<Record<string, unknown>>) => {
    const chunks = [...jsonChunks({ ...members, ...(list === undefined ? {} : { list: new JsonElements(list) }) })];
    expect(chunks.join('')).toBe(`${JSON.stringify({ ...members, ...(list === undefined ? {} : { list }) }, undefined, 2)}\n`);
  });

  it('asks for one element at a time', () => {
    let made = 0;
    const elements = function* (): Generator<object> {
      for (; made < 1000; made += 1) yield { made };
    };
    const chunks = jsonChunks({ list: new JsonElements(elements()) });
    for (let taken = 0; taken < 4; taken += 1) chunks.next();
    expect(made).toBeLessThan(5);
  });
});

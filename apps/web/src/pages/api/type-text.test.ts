import { expect, test } from 'vitest';
import { typeText } from './type-text.js';

const image = { kind: 'OBJECT', name: 'Image' };

test.each([
  [image, 'Image'],
  [{ kind: 'NON_NULL', ofType: image }, 'Image!'],
  [{ kind: 'NON_NULL', ofType: { kind: 'LIST', ofType: { kind: 'NON_NULL', ofType: image } } }, '[Image!]!'],
])('%j', (type, text) => {
  expect(typeText(type)).toBe(text);
});

import { expect, test } from 'vitest';
import { parseReferenceList } from './parse-reference-list.js';

test.each([
  ['public.ecr.aws/nginx/nginx:latest', ['public.ecr.aws/nginx/nginx:latest']],
  ['a:1\nb:2\r\n\n a:1 ', ['a:1', 'b:2']],
  ['a:1, b:2;c', ['a:1', 'b:2', 'c']],
  ['  ', []],
])('%j', (text, references) => {
  expect(parseReferenceList(text)).toEqual(references);
});

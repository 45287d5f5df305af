import { expect, test } from 'vitest';
import { hidesText } from './hides-text.js';

const log4j = { name: 'log4j-core', version: '2.14.1', layerIndex: 8 };

test.each([
  [1, [log4j], 'hides log4j-core 2.14.1 of layer 9'],
  [1201, [log4j, log4j], 'hides log4j-core 2.14.1 of layer 9 and 1,200 more'],
  [1, [{ ...log4j, version: '' }], 'hides log4j-core of layer 9'],
  [0, [], ''],
])('%i hidden', (componentCount, components, text) => {
  expect(hidesText({ componentCount, components })).toBe(text);
});

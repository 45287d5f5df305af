import { expect, test } from 'vitest';
import { fixText, remedyText } from './fix-text.js';

test.each([
  ['fixed', '2.17.1', { version: '2.17.1' }, 'Upgrade log4j to 2.17.1'],
  ['unfixed', null, { reason: 'No fix' }, 'No fixed version yet'],
  ['subscription', null, { reason: 'Paid only' }, 'Fixed for customers of a paid service only'],
  ['wont-fix', null, { reason: 'Not planned' }, 'No fix is planned. Remove the package, or decide that it does not matter here'],
  ['something new', null, { reason: 'No fix' }, 'No fixed version yet'],
])('%s %s', (fixState, fixVersion, cell, remedy) => {
  expect(fixText({ fixState, fixVersion })).toEqual(cell);
  expect(remedyText({ fixState, fixVersion }, 'log4j')).toBe(remedy);
});

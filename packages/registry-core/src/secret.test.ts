import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { Secret } from './secret.js';

test('a secret is shown nowhere but by reveal()', () => {
  const secret = new Secret('hunter2');

  expect(secret.reveal()).toBe('hunter2');
  expect([String(secret), JSON.stringify({ secret }), inspect({ secret }, { showHidden: true })]).toEqual([
    '[redacted]',
    '{"secret":"[redacted]"}',
    '{ secret: [redacted] }',
  ]);
});

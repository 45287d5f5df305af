import { describe, expect, test } from 'vitest';
import { InvalidConfigurationError, InvalidReferenceError, RegistryError } from './errors.js';
import type { RegistryErrorKind } from './errors.js';

describe('a registry error', () => {
  test.each<[RegistryErrorKind, boolean]>([
    ['throttled', true],
    ['unreachable', true],
    ['invalid-credentials', false],
    ['access-denied', false],
    ['not-found', false],
    ['expired', false],
    ['unsupported', false],
    ['archived', false],
    ['protocol', false],
    ['cancelled', false],
  ])('of kind %s is worth another try: %s', (kind, retryable) => {
    expect(new RegistryError({ kind, heading: 'Heading', message: 'Message.' }).retryable).toBe(retryable);
  });

  test('keeps its cause, and has none when none is given', () => {
    const cause = new Error('socket hang up');

    expect(new RegistryError({ kind: 'unreachable', heading: 'Heading', message: 'Message.', cause }).cause).toBe(cause);
    expect('cause' in new RegistryError({ kind: 'unreachable', heading: 'Heading', message: 'Message.' })).toBe(false);
  });
});

test('a refused configuration tells every field, and reads as one text', () => {
  const issues = [
    { field: 'region', message: 'Choose an AWS region.' },
    { field: 'registryId', message: 'A registry account ID has 12 digits.' },
  ];
  const error = new InvalidConfigurationError(issues);

  expect([error.issues, error.message]).toEqual([
    issues,
    'Choose an AWS region. A registry account ID has 12 digits.',
  ]);
});

test('a refused reference has a code to branch on and may suggest a mend', () => {
  const error = new InvalidReferenceError({ code: 'invalid-tag', message: 'The tag after the colon is missing.' });

  expect([error.code, error.message, error.suggestion]).toEqual([
    'invalid-tag',
    'The tag after the colon is missing.',
    undefined,
  ]);
});

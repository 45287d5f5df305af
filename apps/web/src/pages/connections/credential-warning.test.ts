import { expect, test } from 'vitest';
import { credentialWarning } from './credential-warning.js';

const now = new Date('2026-11-23T12:00:00Z');
const key = { rotateAfterDays: 90 };

test.each([
  ['a new key', '2026-11-01T00:00:00Z', null, key, undefined],
  ['a key of 89 days', '2026-08-26T12:00:00Z', null, key, undefined],
  ['a key of 90 days', '2026-08-25T12:00:00Z', null, key, 'Credential 90 days old'],
  ['an old credential that needs no replacing', '2020-01-01T00:00:00Z', null, { rotateAfterDays: null }, undefined],
  ['no credential', null, null, null, undefined],
  ['a session of many hours', '2026-11-23T11:00:00Z', '2026-11-24T00:00:00Z', key, undefined],
  ['a session of minutes', '2026-11-23T11:00:00Z', '2026-11-23T12:20:00Z', key, 'Ends in about 20 min'],
  ['a session that is over', '2026-11-23T11:00:00Z', '2026-11-23T11:59:59Z', key, 'Credential ended'],
] as const)('%s', (_, credentialSetAt, credentialExpiresAt, credentialKind, short) => {
  expect(credentialWarning({ credentialSetAt, credentialExpiresAt, credentialKind }, now)?.short).toBe(short);
});

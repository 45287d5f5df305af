import { expect, test } from 'vitest';
import { readStatement } from './severity.js';

/** Scores as the FIRST calculators give them. */
test.each([
  ['CVSS_V4', 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N', 'critical', 9.3],
  ['CVSS_V3', 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H', 'critical', 10],
  ['CVSS_V3', 'CVSS:3.0/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N', 'medium', 6.1],
  ['CVSS_V3', 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N', 'none', 0],
  ['CVSS_V2', 'AV:N/AC:L/Au:N/C:P/I:P/A:P', 'high', 7.5],
] as const)('%s %s', (type, score, level, value) => {
  const rating = readStatement({ type, score }, 'X-1');
  expect([rating?.level, rating?.score]).toEqual([level, value]);
});

test.each([
  ['word', 'MODERATE', 'medium'],
  ['word', 'Important', 'high'],
  ['Ubuntu', 'negligible', 'negligible'],
  ['word', 'whatever', undefined],
  ['CVSS_V3', 'no vector', undefined],
  ['CVSS_V3', 'CVSS:3.1/AV:N', undefined],
] as const)('%s %s', (type, score, level) => {
  expect(readStatement({ type, score }, 'X-1')?.level).toBe(level);
});

import { expect, test } from 'vitest';
import { correctedValues } from './corrected-values.js';

const fields = [
  { name: 'secretAccessKey', type: 'SECRET' },
  { name: 'region', type: 'CHOICE' },
  { name: 'moreRegions', type: 'TEXT' },
];
const correction = { typed: 'us-esat-1', meant: 'us-east-1' };

test.each([
  ['the whole of a field', { region: 'us-esat-1' }, { region: 'us-east-1' }],
  ['typed in capitals, with blanks', { region: ' US-ESAT-1 ' }, { region: 'us-east-1' }],
  ['one entry of a list', { region: 'eu-west-1', moreRegions: 'eu-central-1,us-esat-1' }, { moreRegions: 'eu-central-1, us-east-1' }],
  ['a part of a word', { region: 'us-esat-12' }, {}],
  ['nowhere: it was changed meanwhile', { region: 'us-east-1' }, {}],
  ['a secret is never looked into', { secretAccessKey: 'us-esat-1' }, {}],
])('%s', (_, values, changed) => {
  expect(correctedValues(fields, values, correction)).toEqual(changed);
});

import { expect, test } from 'vitest';
import { filledValues, missingFields, visibleFields } from './visible-fields.js';

const fields = [
  { name: 'accessKeyId', required: true },
  { name: 'sessionToken', required: true, shownWhen: { field: 'accessKeyId', startsWith: 'ASIA' } },
  { name: 'account', required: false, shownWhen: null },
];
const names = (shown: readonly { readonly name: string }[]): readonly string[] => shown.map(({ name }) => name);

test.each([
  [{}, ['accessKeyId', 'account'], ['accessKeyId']],
  [{ accessKeyId: 'AKIA1' }, ['accessKeyId', 'account'], []],
  [{ accessKeyId: ' ASIA1' }, ['accessKeyId', 'sessionToken', 'account'], ['sessionToken']],
  [{ accessKeyId: 'ASIA1', sessionToken: ' ' }, ['accessKeyId', 'sessionToken', 'account'], ['sessionToken']],
])('with %j', (values, shown, missing) => {
  expect(names(visibleFields(fields, values))).toEqual(shown);
  expect(names(missingFields(fields, values))).toEqual(missing);
});

test('a value of a field that is hidden again is not sent', () => {
  expect(filledValues(fields, { accessKeyId: 'AKIA1', sessionToken: 'secret', account: '' })).toEqual([{ name: 'accessKeyId', value: 'AKIA1' }]);
});

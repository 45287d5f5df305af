import { expect, test } from 'vitest';
import { licenceText } from './licence-text.js';

test.each([
  [[], '–'],
  [[{ declared: '' }], '–'],
  [[{ declared: 'Apache License 2.0', spdxExpression: 'Apache-2.0' }], 'Apache-2.0'],
  [[{ declared: 'Custom' }, { declared: 'MIT', spdxExpression: 'MIT' }], 'Custom, MIT'],
  [[{ declared: 'a' }, { declared: 'b' }, { declared: 'c' }, { declared: 'a' }, { declared: 'd' }], 'a, b +2'],
])('%j reads %s', (licences, text) => {
  expect(licenceText(licences)).toBe(text);
});

import { expect, test } from 'vitest';
import { tokenText } from './property-filter-field.js';

const choices = [{ name: 'severity', label: 'Severity', several: true, values: [{ value: 'critical', label: 'Critical' }, { value: 'high', label: 'High' }] }];

test.each([
  [{ name: 'severity', values: ['critical', 'high'] }, 'Severity = Critical, High'],
  [{ name: 'severity', values: ['dreadful'] }, 'Severity = dreadful'],
  [{ name: undefined, values: ['log4j'] }, 'log4j'],
])('%j reads "%s"', (token, text) => {
  expect(tokenText(token, choices)).toBe(text);
});

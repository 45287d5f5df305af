import { expect, test } from 'vitest';
import { justificationText } from './justification-text.js';

test('justifications of OpenVEX are told in plain words, those of CycloneDX as they are', () => {
  expect([justificationText('vulnerable_code_not_present'), justificationText('protected_at_perimeter')]).toEqual(['The vulnerable code is not in the component', 'protected at perimeter']);
});

import { expect, test } from 'vitest';
import { initials } from './initials.js';

test.each([['Mira Kovač', 'MK'], ['  ada  ', 'A'], ['Jean Luc van Dam', 'JD'], ['', '?'], ['élodie öz', 'ÉÖ']])('%s is %s', (name, letters) => {
  expect(initials(name)).toBe(letters);
});

import { expect, test } from 'vitest';
import { formatEcosystem } from './format-ecosystem.js';

test.each([['pypi', 'PyPI'], ['maven', 'Maven'], ['deb', 'deb'], ['golang', 'Go'], ['brainwave', 'brainwave']])('%s reads %s', (ecosystem, text) => {
  expect(formatEcosystem(ecosystem)).toBe(text);
});

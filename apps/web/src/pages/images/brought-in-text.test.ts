import { expect, test } from 'vitest';
import { broughtInText } from './brought-in-text.js';

test.each([
  ['app.jar', 'app.jar'],
  ['app.jar starter web', 'app.jar → starter → web'],
  ['app a b c web', 'app → … → c → web'],
])('%s', (names, text) => {
  expect(broughtInText(names.split(' '))).toBe(text);
});

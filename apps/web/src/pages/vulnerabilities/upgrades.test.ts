import { expect, test } from 'vitest';
import { upgrades } from './upgrades.js';

test('each installed version is told with what fixes it', () => {
  expect(
    upgrades([
      { version: '2.28-164.el8', fixVersion: '2.28-225.el8_8.6' },
      { version: '2.28-151.el8', fixVersion: '2.28-225.el8_8.6' },
      { version: '2.34-40.el9_1.1', fixVersion: '2.34-60.el9_2.7' },
      { version: '2.17', fixVersion: null },
      { version: '2.28-164.el8', fixVersion: '2.28-225.el8_8.6' },
    ]),
  ).toEqual([{ to: '2.28-225.el8_8.6', from: ['2.28-164.el8', '2.28-151.el8'] }, { to: '2.34-60.el9_2.7', from: ['2.34-40.el9_1.1'] }, { from: ['2.17'] }]);
});

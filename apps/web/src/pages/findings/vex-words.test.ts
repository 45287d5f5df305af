import { expect, test } from 'vitest';
import { effectText, keptText, removalText } from './vex-words.js';

const nothing = { findings: 0, images: 0, hidden: 0, overruled: 0 };

test.each([
  [nothing, 'changes nothing'],
  [{ ...nothing, findings: 14, images: 3, hidden: 14 }, 'settles 14 findings of 3 images'],
  [{ ...nothing, findings: 1, images: 1 }, 'decides 1 finding of 1 image'],
  [{ ...nothing, findings: 5, images: 2, hidden: 3, overruled: 2 }, 'decides 5 findings of 2 images, 3 of them settled, 2 findings decided by another statement'],
])('what %o comes to', (effect, text) => {
  expect(effectText(effect)).toBe(text);
});

test.each([
  [{ ...nothing, findings: 5, reopens: 3, silentStatements: 0 }, '3 findings will be open again. The history of each says that the document is gone.'],
  [{ ...nothing, findings: 5, reopens: 0, silentStatements: 0 }, 'No finding will be open again: people or other documents decide those it speaks of.'],
  [{ ...nothing, reopens: 0, silentStatements: 2 }, 'It changes nothing now, so nothing will be open again.'],
])('what goes with a document of %o', (effect, text) => {
  expect(removalText({ effect })).toBe(text);
});

test.each([
  ['added', 2, 'a.json was added, with 2 statements.'],
  ['replaced', 1, 'a.json has taken the place of the version before, with 1 statement.'],
  ['unchanged', 1, 'a.json is the version that is here already.'],
])('a document that was %s', (outcome, count, text) => {
  expect(keptText('a.json', outcome, count)).toBe(text);
});

import { expect, test } from 'vitest';
import { noMatchWords, previewSummary, type PreviewFacts } from './preview-words.js';

const counted = { complete: true, imageCount: 37, sizeBytes: '4100000000' };
const none = { ...counted, imageCount: 0, sizeBytes: '0' };
const known: PreviewFacts = { preview: undefined, problem: undefined, issues: {} };
const problem = { heading: 'Cannot reach AWS' };

test.each<[what: string, facts: PreviewFacts, summary: string, empty: string]>([
  ['nothing is known yet', known, 'counting…', 'No image matches'],
  ['a part is counted', { ...known, preview: { ...counted, complete: false } }, 'counting…', 'No image matches'],
  ['everything is counted', { ...known, preview: counted }, '37 images, 4.1 GB', 'No image matches'],
  ['sizes are unknown', { ...known, preview: { ...counted, imageCount: 1, sizeBytes: null } }, '1 image, size unknown', 'No image matches'],
  ['nothing matches', { ...known, preview: none }, '0 images, 0 B', 'No image matches'],
  ['a part could not be read', { ...known, preview: counted, problem }, 'At least 37 images, 4.1 GB', 'None found so far'],
  ['nothing was found in what could be read', { ...known, preview: none, problem }, 'None found so far', 'None found so far'],
  ['the registry could not be read', { ...known, problem }, 'Not counted', 'Not known'],
  ['a rule is wrong', { ...known, issues: { 'selections.0.rule.tag': 'Unknown pattern.' } }, 'A rule cannot be read', 'Not counted'],
])('where %s', (_, facts, summary, empty) => {
  expect([previewSummary(facts), noMatchWords(facts).title]).toEqual([summary, empty]);
});

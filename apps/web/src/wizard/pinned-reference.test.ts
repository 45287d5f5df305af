import { expect, test } from 'vitest';
import { hasTag, isPinned, shortReference, withPin } from './pinned-reference.js';

const digest = `sha256:${'a'.repeat(64)}`;
const tagged = { reference: 'public.ecr.aws/nginx/nginx:1.27', digest };
const pinned = { reference: `public.ecr.aws/nginx/nginx:1.27@${digest}`, digest };
const bare = { reference: `localhost:5000/app@${digest}`, digest };

test.each([
  ['a tag is pinned to the digest it has now', tagged, true, pinned],
  ['and followed again', pinned, false, tagged],
  ['what is pinned stays so', pinned, true, pinned],
  ['what follows stays so', tagged, false, tagged],
  ['without a tag there is nothing to follow', bare, false, bare],
])('%s', (_, image, wanted, expected) => {
  expect(withPin(image, wanted)).toEqual(expected);
});

test('a port is no tag', () => {
  expect([hasTag(bare.reference), hasTag(tagged.reference), isPinned(bare), isPinned(tagged)]).toEqual([false, true, true, false]);
});

test('a pinned reference is short in a table', () => {
  expect([shortReference(tagged.reference), shortReference(pinned.reference)]).toEqual([tagged.reference, 'public.ecr.aws/nginx/nginx:1.27@sha256:aaaaaa…aaaa']);
});

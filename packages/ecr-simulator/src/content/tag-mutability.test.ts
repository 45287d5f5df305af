import { expect, test } from 'vitest';
import type { TagMutability } from '../simulated-account.js';
import { RepositoryContent } from './repository-content.js';

const digests = ['a', 'b'].map((letter) => `sha256:${letter.repeat(64)}`);

/** Whether a tag that exists can be moved, in each mode of ECR, where `dev-*` is the exclusion. */
test.each<readonly [TagMutability, string, boolean]>([
  ['MUTABLE', '1.0', true],
  ['IMMUTABLE', '1.0', false],
  ['IMMUTABLE_WITH_EXCLUSION', '1.0', false],
  ['IMMUTABLE_WITH_EXCLUSION', 'dev-main', true],
  ['MUTABLE_WITH_EXCLUSION', '1.0', true],
  ['MUTABLE_WITH_EXCLUSION', 'dev-main', false],
])('%s: %s', (tagMutability, tag, moves) => {
  const repository = new RepositoryContent({ name: 'team/app', visibility: 'private', createdAt: new Date(0), tagMutability, tagMutabilityExclusions: ['dev-*'] });

  expect([repository.tag(tag, digests[0] ?? ''), repository.tag(tag, digests[1] ?? '')]).toEqual([true, moves]);
});

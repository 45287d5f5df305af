import { expect, it } from 'vitest';
import { chainId } from './chain-id.js';

const [first, second, third] = ['a', 'b', 'c'].map((letter) => `sha256:${letter.repeat(64)}`) as [string, string, string];

it.each([
  { what: 'of no layers is none', diffIds: [], expected: undefined },
  { what: 'of one layer is its diffID', diffIds: [first], expected: first },
  // printf 'sha256:aa… sha256:bb…' | sha256sum, and again with that and the third.
  { what: 'of two layers is the digest of both names', diffIds: [first, second], expected: 'sha256:ccd722928bd92476ba1745586fed6e45a102504185ad88cd89e01ff116fd146c' },
  { what: 'of more layers is made of that of the layers below', diffIds: [first, second, third], expected: 'sha256:c1377126441fb2f5ec2c21ae2a60255331d639e830f0ee1b40a36e52d4c40588' },
])('the ChainID $what', ({ diffIds, expected }) => {
  expect(chainId(diffIds)).toBe(expected);
});

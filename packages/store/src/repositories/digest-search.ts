import { startsWithPattern } from '../storable-text.js';

/** `sha256:` may be left out; an ellipsis stands for the middle, as tables show digests. */
const digestText = /^(?:sha256:)?(?<start>[0-9a-f]{6,64})(?:…(?<end>[0-9a-f]{1,58}))?$/;

/** What a digest is `like` when a text may be the beginning of one, or the shortened form of a table; undefined for any other text. */
export function digestPattern(text: string): string | undefined {
  const { start, end } = digestText.exec(text.toLowerCase())?.groups ?? {};
  return start === undefined ? undefined : startsWithPattern(`sha256:${start}`) + (end ?? '');
}

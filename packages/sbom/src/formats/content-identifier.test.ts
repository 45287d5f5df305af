import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { withContentUuid, withContentUuidOnce } from './content-identifier.js';

const noUuid = '00000000-0000-0000-0000-000000000000';

describe('withContentUuidOnce', () => {
  it.each([
    { document: 'a short one', pieces: 3, pieceLength: 10, timesMade: 1 },
    { document: 'one longer than is kept', pieces: 3, pieceLength: 9 * 1024 * 1024, timesMade: 2 },
    { document: 'one of nothing but the identifier', pieces: 0, pieceLength: 0, timesMade: 0 },
  ])('writes $document as withContentUuid does, its content made $timesMade times', ({ pieces, pieceLength, timesMade }) => {
    let made = 0;
    const write = function* (uuid: string): Generator<string> {
      yield 'begin ';
      yield `id ${uuid} `;
      for (let piece = 0; piece < pieces; piece += 1) {
        made += 1;
        // What is written of the image may well hold the text that stands in for the identifier.
        yield `${noUuid} ${String(piece).repeat(pieceLength)} `;
      }
    };
    const digest = (chunks: Iterable<string>): string => {
      const hash = createHash('sha256');
      for (const chunk of chunks) hash.update(chunk);
      return hash.digest('hex');
    };
    const twice = digest(withContentUuid(write));
    made = 0;
    expect(digest(withContentUuidOnce(write))).toBe(twice);
    expect(made).toBe(pieces * timesMade);
  });
});

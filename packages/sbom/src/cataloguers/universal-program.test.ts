import { describe, expect, it } from 'vitest';
import { elfFile } from '../test-support/elf-fixture.js';
import { universalProgram } from '../test-support/program-fixture.js';
import { chunksOf } from '../test-support/tar-fixture.js';
import type { FileScanner } from './cataloguer.js';
import { isUniversalProgram, UniversalScanner } from './universal-program.js';

const programs = ['first', 'second', 'third'].map((text) => Buffer.from(text.padEnd(5000, `${text} `)));

/** Keeps all it is given, and is content with `wanted` bytes. */
function reader(head: Buffer, wanted: number): FileScanner<string> {
  const parts: Buffer[] = [];
  let length = 0;
  return {
    push(bytes) {
      parts.push(Buffer.from(bytes));
      length += bytes.length;
      return length < wanted;
    },
    finish: () => ({ fact: `${head.toString('latin1', 0, 5)} ${Buffer.concat(parts).toString('latin1')}` }),
  };
}

function scan(file: Buffer, pieceBytes: number, scannerOf: (head: Buffer, sizeBytes: number) => FileScanner<string> | undefined): { readonly fact?: string; readonly read: number } {
  const scanner = UniversalScanner.of(file.subarray(0, 64), scannerOf, (facts) => facts.join('|'));
  let read = 0;
  for (const piece of chunksOf(file, pieceBytes)) {
    read += piece.length;
    if (scanner?.push(piece) !== true) break;
  }
  return { ...scanner?.finish(), read };
}

describe('a program for several architectures', () => {
  it.each([1, 63, 64, 65, 4096, 1_000_000].flatMap((pieceBytes) => [false, true].map((wide) => ({ pieceBytes, wide }))))(
    'gives each its own bytes, in pieces of $pieceBytes (64-bit places: $wide)',
    ({ pieceBytes, wide }) => {
      const { fact } = scan(universalProgram(programs, { wide }), pieceBytes, (head) => reader(head, Number.MAX_SAFE_INTEGER));
      expect(fact).toBe(programs.map((program) => `${program.toString('latin1', 0, 5)} ${program.toString('latin1')}`).join('|'));
    },
  );

  it('is read no further than any of them wants', () => {
    expect(scan(universalProgram(programs), 64, (head) => (head.toString('latin1', 0, 5) === 'first' ? reader(head, 100) : undefined)).read).toBeLessThan(4096 * 5 + 128);
  });

  it.each([
    ['a class file of Java', Buffer.from('cafebabe00000041'.padEnd(200, '0'), 'hex'), false],
    ['a class file of Java 1.1', Buffer.from('cafebabe0003002d'.padEnd(200, '0'), 'hex'), false],
    ['an ELF file', elfFile({}), false],
    ['too short', Buffer.from('cafebabe00000002', 'hex'), false],
    ['two architectures', universalProgram(programs.slice(0, 2)), true],
  ])('is told from %s', (_what, content, expected) => {
    expect(isUniversalProgram(content.subarray(0, 64))).toBe(expected);
  });

  it('whose places lie, within the header or beyond the end, gives nothing', () => {
    const file = universalProgram(programs.slice(0, 2));
    file.writeUInt32BE(10, 16);
    file.writeUInt32BE(0xffff_ff00, 36);
    expect(scan(file, 1000, (head) => reader(head, 10)).fact).toBeUndefined();
  });
});

import { writeTar, type LayerEntries } from '@esscm/testkit';

/** A layer that is made while it is written. */
export interface MadeLayer {
  /** What is in it, in a few words. */
  readonly name: string;
  readonly bytes: () => Iterable<Buffer>;
}

/** Entries without the end of an archive, so that more can follow. */
export const members = (entries: LayerEntries): Buffer => writeTar(entries).subarray(0, -1024);
export const endOfArchive = Buffer.alloc(1024);

/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const syllables = 'al be ca do en fo ga hi in jo ka li mo no or pe qua ra se ti un ve wi xe yo za'.split(' ');

/** Lines of made-up words, which compress to about a third, as the contents of images do. */
export function text(random: () => number, bytes: number): string {
  const parts: string[] = [];
  for (let length = 0; length < bytes; ) {
    const word = Array.from({ length: 1 + Math.floor(random() * 4) }, () => syllables[Math.floor(random() * syllables.length)] ?? '').join('');
    parts.push(random() < 0.1 ? `${word}\n` : `${word} `);
    length += word.length + 1;
  }
  return parts.join('');
}

/** Cuts pieces from a megabyte of text: far enough apart that compressing one does not find another. */
export function excerpts(random: () => number): (bytes: number) => string {
  const words = text(random, 1_000_000);
  return (bytes) => {
    const start = Math.floor(random() * (words.length - bytes));
    return words.slice(start, start + bytes);
  };
}

/**
 * An ELF file of 64 bits by its header, with neither segments nor sections.
 * @param every so many bytes of its text are four that are random: with 12 it compresses to three quarters, with 28 to a half
 */
export function program(random: () => number, bytes: number, every = 12): Buffer {
  const content = Buffer.alloc(bytes, text(random, 64 * 1024));
  for (let at = 64; at + 4 <= bytes; at += every) content.writeUInt32LE(Math.floor(random() * 0x1_0000_0000), at);
  Buffer.from('7f454c46020101', 'hex').copy(content);
  content.writeUInt16LE(2, 16);
  content.writeUInt16LE(0x3e, 18);
  content.fill(0, 32, 64);
  return content;
}

/** Bytes that no compressor makes smaller, as those inside an archive are. */
export function noise(random: () => number, bytes: number): Buffer {
  const content = Buffer.alloc(bytes);
  for (let at = 0; at + 4 <= bytes; at += 4) content.writeUInt32LE(Math.floor(random() * 0x1_0000_0000), at);
  return content;
}

/** The release of Debian and a database of so many packages, with a list of files each. */
export function system(packages: number): LayerEntries {
  const numbers = Array.from({ length: packages }, (_, index) => index);
  return {
    'etc/os-release': 'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n',
    'var/lib/dpkg/status': numbers.map((index) => `Package: made-${index}\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1.${index}-1\nDescription: made\n\n`).join(''),
    ...Object.fromEntries(numbers.map((index) => [`var/lib/dpkg/info/made-${index}.list`, `/usr/bin/made-${index}\n`])),
  };
}

import { createGzip } from 'node:zlib';
import { writeTar, type LayerEntries } from '@esscm/testkit';
import type { StreamedImage } from '../write-streamed-layout.js';

/** Shapes of images that differ in what they ask of a scanner. */
export type MadeImageName = 'small' | 'typical' | 'large' | 'many files' | 'repeated';

const megabyte = 1_000_000;

/** Entries without the end of an archive, so that more can follow. */
const members = (entries: LayerEntries): Buffer => writeTar(entries).subarray(0, -1024);
const endOfArchive = Buffer.alloc(1024);

/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
function seeded(seed: number): () => number {
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
function text(random: () => number, bytes: number): string {
  const parts: string[] = [];
  for (let length = 0; length < bytes; ) {
    const word = Array.from({ length: 1 + Math.floor(random() * 4) }, () => syllables[Math.floor(random() * syllables.length)] ?? '').join('');
    parts.push(random() < 0.1 ? `${word}\n` : `${word} `);
    length += word.length + 1;
  }
  return parts.join('');
}

/** An ELF file of 64 bits by its header, with neither segments nor sections, and code that compresses to about a third. */
function program(random: () => number, bytes: number): Buffer {
  const content = Buffer.alloc(bytes, text(random, 64 * 1024));
  for (let at = 64; at + 4 <= bytes; at += 12) content.writeUInt32LE(Math.floor(random() * 0x1_0000_0000), at);
  Buffer.from('7f454c46020101', 'hex').copy(content);
  content.writeUInt16LE(2, 16);
  content.writeUInt16LE(0x3e, 18);
  content.fill(0, 32, 64);
  return content;
}

const system = (packages: number): LayerEntries => ({
  'etc/os-release': 'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n',
  'var/lib/dpkg/status': Array.from({ length: packages }, (_, index) => `Package: made-${index}\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1.${index}-1\nDescription: made\n\n`).join(''),
  ...Object.fromEntries(Array.from({ length: packages }, (_, index) => [`var/lib/dpkg/info/made-${index}.list`, `/usr/bin/made-${index}\n`])),
});

/** npm packages of a manifest and a few files each, programs and libraries, and larger texts, so many megabytes in all. */
function* content(seed: number, megabytes: number, folder: string): Generator<Buffer> {
  const random = seeded(seed);
  const words = text(random, megabyte);
  const excerpt = (bytes: number): string => {
    const start = Math.floor(random() * (words.length - bytes));
    return words.slice(start, start + bytes);
  };
  let index = 0;
  for (let written = 0; written < megabytes * megabyte; index += 1) {
    const name = `${folder}/node_modules/made-${seed}-${index}`;
    const entries: LayerEntries = {
      [`${name}/package.json`]: JSON.stringify({ name: `made-${seed}-${index}`, version: `1.0.${index}`, license: 'MIT' }),
      [`${name}/LICENSE`]: excerpt(1000),
      ...Object.fromEntries(Array.from({ length: 24 }, (_, file) => [`${name}/lib/file-${file}.js`, excerpt(500 + Math.floor(random() * 8000))])),
      ...(index % 4 === 0 ? { [`usr/bin/made-${seed}-${index}`]: program(random, 600_000) } : {}),
      ...(index % 10 === 0 ? { [`usr/share/made-${seed}/${index}.txt`]: excerpt(900_000) } : {}),
    };
    const bytes = members(entries);
    written += bytes.length;
    yield bytes;
  }
  yield endOfArchive;
}

function* manyFiles(thousands: number): Generator<Buffer> {
  const random = seeded(4);
  for (let part = 0; part < thousands; part += 1) {
    yield members(Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`srv/data/${part}/${index % 40}/file-${index}.json`, text(random, 60)])));
  }
  yield endOfArchive;
}

function* base(packages: number): Generator<Buffer> {
  yield writeTar(system(packages));
}

/** The same bytes in every run. `repeated` is `copies` layers of one kind, to see what grows with an image. */
export function madeImage(name: MadeImageName, copies = 1): StreamedImage {
  const compress = () => createGzip({ level: 6 });
  switch (name) {
    case 'small':
      return { layers: [() => base(14), () => content(1, 7, 'srv/small')], compress };
    case 'typical':
      return { layers: [() => base(120), () => content(2, 380, 'srv/typical'), () => content(3, 180, 'srv/app')], compress };
    case 'large':
      return { layers: [() => base(250), () => content(5, 1200, 'srv/large'), () => content(6, 300, 'srv/app')], compress };
    case 'many files':
      return { layers: [() => base(50), () => manyFiles(100)], compress };
    case 'repeated':
      return { layers: [() => base(50), ...Array.from({ length: copies }, (_, index) => () => content(100 + index, 60, `srv/copy-${index}`))], compress };
  }
}

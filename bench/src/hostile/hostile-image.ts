import { constants, createGzip, createZstdCompress } from 'node:zlib';
import { directory, symlink, writeTar, type LayerEntries } from '@esscm/testkit';
import type { StreamedImage } from '../write-streamed-layout.js';

type LayerBytes = () => Iterable<Buffer>;

/** An image made to break a scanner, and how a scan of it has to end. */
export interface HostileImage extends StreamedImage {
  readonly what: string;
  /** `refused`: an error names the reason. `partial`: a document is written, and what is missing is named. `whole`: nothing is. */
  readonly ends: 'refused' | 'partial' | 'whole';
}

const megabyte = 1_000_000;
const gzip = () => createGzip({ level: 1 });
const zstd = () => createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: 1 } });

/** Entries without the end of an archive, so that more can follow. */
const members = (entries: LayerEntries): Buffer => writeTar(entries).subarray(0, -1024);
const endOfArchive = Buffer.alloc(1024);

function* repeated(bytes: Buffer, times: number): Generator<Buffer> {
  for (let count = 0; count < times; count += 1) yield bytes;
}

/** A header that promises `sizeBytes` of content, whatever follows it. */
function promising(name: string, sizeBytes: number): Buffer {
  const header = members({ [name]: '' });
  header.write(`${sizeBytes.toString(8).padStart(11, '0')}\0`, 124, 'latin1');
  header.fill(0x20, 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return header;
}

const layer = (entries: LayerEntries): LayerBytes => () => [writeTar(entries)];
const thousand = (make: (index: number) => LayerEntries): Buffer => Buffer.concat(Array.from({ length: 1000 }, (_, index) => members(make(index))));

function* zeros(megabytes: number): Generator<Buffer> {
  yield promising('zeros', megabytes * megabyte);
  yield* repeated(Buffer.alloc(megabyte), megabytes);
}

function* manyEntries(thousands: number): Generator<Buffer> {
  yield* repeated(thousand((index) => ({ [`folder/file-${index}`]: '' })), thousands);
  yield endOfArchive;
}

const debian = 'ID=debian\nVERSION_ID="12"\n';
const dpkgParagraph = 'Package: a\nStatus: install ok installed\nVersion: 1\nArchitecture: all\nDepends: b, c | d\n\n';

/** The table of `bench hostile`. Each is real in size: what limits are for shows only there. */
export const hostileImages: readonly HostileImage[] = [
  { what: 'gzip bomb: 10 GB of zeros in 10 MB', layers: [() => zeros(10_000)], compress: gzip, ends: 'refused' },
  { what: 'zstd bomb: 10 GB of zeros', layers: [() => zeros(10_000)], compress: zstd, ends: 'refused' },
  { what: '5,000,000 entries', layers: [() => manyEntries(5000)], compress: gzip, ends: 'refused' },
  { what: '30 layers of 120,000 entries', layers: Array.from({ length: 30 }, () => () => manyEntries(120)), compress: gzip, ends: 'refused' },
  { what: '300,000 paths of 4,000 characters', layers: [() => repeated(thousand((index) => ({ [`${'x/'.repeat(1998)}${index}`]: '' })), 300)], compress: gzip, ends: 'refused' },
  { what: '100 names of a megabyte', layers: [() => repeated(members({ ['n'.repeat(megabyte)]: '' }), 100)], compress: gzip, ends: 'partial' },
  { what: 'a chain of 100,000 symbolic links', layers: [() => Array.from({ length: 100 }, (_, part) => thousand((index) => ({ [`l${part * 1000 + index}`]: symlink(`l${part * 1000 + index + 1}`) })))], compress: gzip, ends: 'whole' },
  {
    what: 'links that lead into each other, a thousand folders at a time',
    layers: [layer({ [`l0/${'d/'.repeat(1000)}x/a`]: '', ...Object.fromEntries(Array.from({ length: 60 }, (_, index) => [[`l${index + 1}`, symlink(`l${index}/${'d/'.repeat(1000)}x`)] as const, [`l${index + 1}/${'d/'.repeat(1000)}x`, directory()] as const]).flat()) })],
    compress: gzip,
    ends: 'partial',
  },
  { what: 'a file that promises 8 GiB and ends', layers: [() => [promising('lib/apk/db/installed', 8 * 1024 ** 3 - 1), Buffer.alloc(1000)]], compress: gzip, ends: 'refused' },
  { what: 'a layer cut in the middle', layers: [() => repeated(members({ a: 'x'.repeat(megabyte) }), 20)], compress: gzip, keptShare: 0.5, ends: 'refused' },
  { what: 'a package database of 60 MB, one package over and over', layers: [layer({ 'etc/os-release': debian, 'var/lib/dpkg/status': dpkgParagraph.repeat(650_000) })], compress: gzip, ends: 'whole' },
  { what: 'a package database of 100 MB', layers: [layer({ 'etc/os-release': debian, 'var/lib/dpkg/status': dpkgParagraph.repeat(1_100_000) })], compress: gzip, ends: 'partial' },
  { what: 'a line of 60 MB in a package database', layers: [layer({ 'etc/os-release': debian, 'var/lib/dpkg/status': `Package: a\nStatus: install ok installed\nVersion: ${'1'.repeat(60 * megabyte)}\n\n` })], compress: gzip, ends: 'partial' },
  { what: 'JSON nested 10,000,000 deep', layers: [layer({ 'app/node_modules/a/package.json': '['.repeat(10 * megabyte) })], compress: gzip, ends: 'partial' },
  { what: 'garbage in the place of every database', layers: [layer(Object.fromEntries(['var/lib/rpm/rpmdb.sqlite', 'var/lib/rpm/Packages', 'usr/lib/sysimage/rpm/Packages.db', 'lib/apk/db/installed', 'srv/a.jar'].map((path) => [path, Buffer.alloc(megabyte, 0xa5)])))], compress: gzip, ends: 'partial' },
];

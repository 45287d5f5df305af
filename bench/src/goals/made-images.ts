import { createGzip } from 'node:zlib';
import { writeTar, type LayerEntries } from '@esscm/testkit';
import type { StreamedImage } from '../write-streamed-layout.js';
import { largeLayers } from './large-layers.js';
import { endOfArchive, excerpts, members, program, seeded, system, text, type MadeLayer } from './made-content.js';

/** Shapes of images that differ in what they ask of a scanner. */
export type MadeImageName = 'small' | 'typical' | 'large' | 'many files' | 'repeated';

const megabyte = 1_000_000;

/** npm packages of a manifest and a few files each, programs and libraries, and larger texts, so many megabytes in all. */
function* content(seed: number, megabytes: number, folder: string): Generator<Buffer> {
  const random = seeded(seed);
  const excerpt = excerpts(random);
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

const database = (packages: number): MadeLayer => ({ name: 'package database', bytes: () => base(packages) });
const mixed = (seed: number, megabytes: number, folder: string): MadeLayer => ({ name: 'packages, programs and texts', bytes: () => content(seed, megabytes, folder) });

/** Layers of a made image, base first, the same bytes in every run. `repeated` is `copies` layers of one kind, to see what grows with an image. */
export function madeLayers(name: MadeImageName, copies = 1): readonly MadeLayer[] {
  switch (name) {
    case 'small':
      return [database(14), mixed(1, 7, 'srv/small')];
    case 'typical':
      return [database(120), mixed(2, 380, 'srv/typical'), mixed(3, 180, 'srv/app')];
    case 'large':
      return largeLayers();
    case 'many files':
      return [database(50), { name: '100,000 small files', bytes: () => manyFiles(100) }];
    case 'repeated':
      return [database(50), ...Array.from({ length: copies }, (_, index) => mixed(100 + index, 60, `srv/copy-${index}`))];
  }
}

/** {@link madeLayers} as an image whose layers are compressed by gzip. */
export function madeImage(name: MadeImageName, copies = 1): StreamedImage {
  return { layers: madeLayers(name, copies).map(({ bytes }) => bytes), compress: () => createGzip({ level: 6 }) };
}

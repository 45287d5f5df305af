import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import type { LayerSource } from '../layer-source.js';

export interface TarFixtureEntry {
  readonly name: string;
  /** Type flag; a regular file when absent. */
  readonly type?: string;
  readonly content?: string | Buffer;
  readonly link?: string;
  readonly mode?: number;
  /** What the header says instead of the content's length. */
  readonly size?: number;
  /** Bytes to write over the finished header, by offset; the checksum is made afterwards. */
  readonly overwrite?: Readonly<Record<number, Buffer>>;
}

/** One header and its content, padded. */
export function tarEntry(entry: TarFixtureEntry): Buffer {
  const content = Buffer.from(entry.content ?? '');
  const header = Buffer.alloc(512);
  header.write(entry.name, 0, 100, 'utf8');
  header.write(`${(entry.mode ?? 0o644).toString(8).padStart(7, '0')}\0`, 100, 'latin1');
  header.write('0000000\0', 108, 'latin1');
  header.write('0000000\0', 116, 'latin1');
  header.write(`${(entry.size ?? content.length).toString(8).padStart(11, '0')}\0`, 124, 'latin1');
  header.write('00000000000\0', 136, 'latin1');
  header.write(entry.type ?? '0', 156, 'latin1');
  header.write(entry.link ?? '', 157, 100, 'utf8');
  header.write('ustar\0' + '00', 257, 'latin1');
  for (const [offset, bytes] of Object.entries(entry.overwrite ?? {})) bytes.copy(header, Number(offset));
  header.fill(0x20, 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
}

/** A pax extended header for the entry after it. */
export function paxHeader(records: Readonly<Record<string, string>>, type = 'x'): Buffer {
  const lines = Object.entries(records).map(([key, value]) => {
    const rest = Buffer.byteLength(` ${key}=${value}\n`);
    let length = rest + 1;
    while (String(length).length + rest !== length) length = String(length).length + rest;
    return `${length} ${key}=${value}\n`;
  });
  return tarEntry({ name: 'PaxHeaders/x', type, content: lines.join('') });
}

/** A whole archive, with its two blocks of zeros. */
export function tarArchive(entries: readonly (TarFixtureEntry | Buffer)[]): Buffer {
  return Buffer.concat([...entries.map((entry) => (Buffer.isBuffer(entry) ? entry : tarEntry(entry))), Buffer.alloc(1024)]);
}

function sha256(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

export interface LayerFixture extends LayerSource {
  /** How often the layer was opened. */
  readonly opened: () => number;
}

/** A layer whose stored bytes are `stored`, by default the gzip of `archive`, arriving in chunks of `chunkSize`. */
export function layerOf(archive: Buffer, stored: Buffer = gzipSync(archive), chunkSize = 65_536): LayerFixture {
  let opened = 0;
  return {
    digest: sha256(stored),
    diffId: sha256(archive),
    mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
    sizeBytes: stored.length,
    open: () => {
      opened += 1;
      return Promise.resolve(Readable.from(chunksOf(stored, chunkSize), { objectMode: false }));
    },
    opened: () => opened,
  };
}

export function* chunksOf(bytes: Buffer, chunkSize: number): Generator<Buffer> {
  for (let offset = 0; offset < bytes.length; offset += chunkSize) yield bytes.subarray(offset, offset + chunkSize);
}

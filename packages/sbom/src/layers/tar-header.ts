import { LayerFormatError } from './layer-format-error.js';

export const tarBlockSize = 512;

/** One 512-byte header (POSIX.1-2017 pax interchange format, ustar; GNU tar), before extended headers are applied. */
export interface TarHeader {
  readonly name: string;
  readonly linkName: string;
  readonly mode: number;
  readonly sizeBytes: number;
  /** The character of the type flag; `0` for the NUL of old archives. */
  readonly typeFlag: string;
  /** GNU tar's own format, whose sparse headers may be continued. */
  readonly isGnu: boolean;
}

/**
 * Reads the header at `offset`, in place.
 * @returns `undefined` for a block of zeros.
 * @throws LayerFormatError when the checksum or a number does not agree.
 */
export function parseTarHeader(block: Buffer, offset: number): TarHeader | undefined {
  let sum = 0;
  for (let index = offset; index < offset + tarBlockSize; index += 1) sum += block[index] ?? 0;
  if (sum === 0) return undefined;
  for (let index = offset + 148; index < offset + 156; index += 1) sum += 0x20 - (block[index] ?? 0);
  if (sum !== readNumber(block, offset + 148, 8)) throw new LayerFormatError('a tar header has a wrong checksum');

  const magic = block.toString('latin1', offset + 257, offset + 263);
  const isGnu = magic === 'ustar ';
  let name = readText(block, offset, 100);
  if (magic === 'ustar\0') {
    const prefix = readText(block, offset + 345, 155);
    if (prefix !== '') name = `${prefix}/${name}`;
  }
  const typeByte = block[offset + 156] ?? 0;
  return {
    name,
    linkName: readText(block, offset + 157, 100),
    mode: readNumber(block, offset + 100, 8) & 0o7777,
    sizeBytes: readNumber(block, offset + 124, 12),
    typeFlag: typeByte === 0 ? '0' : String.fromCharCode(typeByte),
    isGnu,
  };
}

/** Whether an old GNU sparse header says that another block of its map follows. */
export function sparseMapContinues(block: Buffer, offset: number, isFirst: boolean): boolean {
  return block[offset + (isFirst ? 482 : 504)] === 1;
}

function readText(block: Buffer, offset: number, length: number): string {
  let end = offset;
  while (end < offset + length && block[end] !== 0) end += 1;
  return end === offset ? '' : block.toString('utf8', offset, end);
}

/** Octal text, or GNU base-256 when the first bit is set. */
function readNumber(block: Buffer, offset: number, length: number): number {
  const first = block[offset] ?? 0;
  if ((first & 0x80) !== 0) return readBase256(block, offset, length, first);
  let value = 0;
  let index = offset;
  while (index < offset + length && block[index] === 0x20) index += 1;
  for (; index < offset + length; index += 1) {
    const byte = block[index] ?? 0;
    if (byte === 0 || byte === 0x20) break;
    if (byte < 0x30 || byte > 0x37) throw new LayerFormatError('a number in a tar header is not octal');
    value = value * 8 + (byte - 0x30);
  }
  return value;
}

function readBase256(block: Buffer, offset: number, length: number, first: number): number {
  if ((first & 0x40) !== 0) throw new LayerFormatError('a number in a tar header is negative');
  let value = first & 0x3f;
  for (let index = offset + 1; index < offset + length; index += 1) value = value * 256 + (block[index] ?? 0);
  if (!Number.isSafeInteger(value)) throw new LayerFormatError('a number in a tar header is too large');
  return value;
}

import { OciError } from './errors.js';

/** A member of a tar, found again by its place. */
export interface TarMember {
  /** Of the content, in the uncompressed archive. */
  readonly offset: number;
  readonly sizeBytes: number;
  /** A link leads to another member; anything but files and links is not kept. */
  readonly linkTarget?: string;
  /** The first bytes of the content, to tell compression by. */
  readonly magic: Buffer;
}

/** Bytes read from front to back. */
export interface SequentialBytes {
  readonly position: number;
  /** Fewer bytes only at the end. */
  read(length: number): Promise<Buffer>;
  skip(length: number): Promise<void>;
}

export interface TarIndexLimits {
  readonly entries: number;
  /** Of a pax header or a GNU long name. */
  readonly extensionBytes: number;
}

const defaultTarIndexLimits: TarIndexLimits = { entries: 200_000, extensionBytes: 1024 * 1024 };

const blockBytes = 512;
const magicBytes = 8;

/**
 * Where each file and link of a tar is, by normalised name; of members with one name the last counts. Reads ustar
 * (POSIX.1-1988), pax (POSIX.1-2001) and GNU long names. Contents are skipped.
 * @throws OciError `protocol` for what is no tar, `limit` beyond the limits
 */
export async function indexTar(
  bytes: SequentialBytes,
  description: string,
  limits: TarIndexLimits = defaultTarIndexLimits,
): Promise<ReadonlyMap<string, TarMember>> {
  const members = new Map<string, TarMember>();
  let entries = 0;
  let long: { name?: string; link?: string; size?: number } = {};
  for (;;) {
    const header = await bytes.read(blockBytes);
    // Also true of no bytes at all: some writers leave out the two empty blocks at the end.
    if (header.every((byte) => byte === 0)) return members;
    entries += 1;
    if (entries > limits.entries) throw new OciError({ code: 'limit', message: `${description} has more than ${limits.entries} entries.` });
    if (header.length < blockBytes || !checksumAgrees(header)) throw damaged(description);
    const type = String.fromCharCode(header[156] ?? 0);
    const size = numberAt(header, 124, 12, description);
    if (type === 'x' || type === 'L' || type === 'K' || type === 'g') {
      if (size > limits.extensionBytes) throw new OciError({ code: 'limit', message: `${description} has a name that is too long.` });
      const content = await bytes.read(size);
      if (content.length < size) throw damaged(description);
      await bytes.skip(paddingOf(size));
      if (type === 'x') long = { ...long, ...paxFields(content, description) };
      else if (type === 'L') long.name = upToNul(content);
      else if (type === 'K') long.link = upToNul(content);
      continue;
    }
    const name = normalisedName(long.name ?? nameOf(header));
    const link = long.link ?? upToNul(header.subarray(157, 257));
    const isLink = type === '1' || type === '2';
    const sizeBytes = isLink ? 0 : (long.size ?? size);
    long = {};
    const offset = bytes.position;
    const magic = await bytes.read(Math.min(sizeBytes, magicBytes));
    await bytes.skip(sizeBytes - magic.length + paddingOf(sizeBytes));
    if (name === undefined || !(isLink || type === '0' || type === '\0' || type === '7')) continue;
    const target = type === '2' ? `${name.slice(0, name.lastIndexOf('/') + 1)}${link}` : link;
    members.set(name, { offset, sizeBytes, magic, ...(isLink ? { linkTarget: target } : {}) });
  }
}

/** The file a name leads to, through at most eight links inside the archive. */
export function memberAt(members: ReadonlyMap<string, TarMember>, name: string): TarMember | undefined {
  let current = normalisedName(name);
  for (let links = 0; links <= 8 && current !== undefined; links += 1) {
    const member = members.get(current);
    if (member?.linkTarget === undefined) return member;
    current = normalisedName(member.linkTarget);
  }
  return undefined;
}

/** Without `.` and `..`; undefined for a name that leads out of the archive. */
function normalisedName(name: string): string | undefined {
  const parts: string[] = [];
  for (const part of name.split('/')) {
    if (part === '..' && parts.pop() === undefined) return undefined;
    if (part !== '' && part !== '.' && part !== '..') parts.push(part);
  }
  return parts.length === 0 ? undefined : parts.join('/');
}

function nameOf(header: Buffer): string {
  const name = upToNul(header.subarray(0, 100));
  const posix = header.toString('latin1', 257, 263) === 'ustar\0';
  const prefix = posix ? upToNul(header.subarray(345, 500)) : '';
  return prefix === '' ? name : `${prefix}/${name}`;
}

function checksumAgrees(header: Buffer): boolean {
  const stated = Number.parseInt(header.toString('latin1', 148, 156).replaceAll('\0', ' ').trim(), 8);
  let sum = 0;
  for (const [position, byte] of header.entries()) sum += position >= 148 && position < 156 ? 32 : byte;
  return sum === stated;
}

/** Octal text, or base 256 when the first bit is set (GNU). */
function numberAt(header: Buffer, offset: number, width: number, description: string): number {
  const field = header.subarray(offset, offset + width);
  const first = field[0] ?? 0;
  let value: number;
  if (first >= 0x80) {
    value = first & 0x7f;
    for (const byte of field.subarray(1)) value = value * 256 + byte;
  } else {
    const text = upToNul(field).trim();
    value = text === '' ? 0 : /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : Number.NaN;
  }
  if (!Number.isSafeInteger(value)) throw damaged(description);
  return value;
}

function paxFields(content: Buffer, description: string): { name?: string; link?: string; size?: number } {
  const fields: { name?: string; link?: string; size?: number } = {};
  let position = 0;
  while (position < content.length) {
    const blank = content.indexOf(0x20, position);
    const length = blank < 0 ? Number.NaN : Number(content.toString('latin1', position, blank));
    if (!Number.isInteger(length) || length <= blank - position || position + length > content.length) throw damaged(description);
    const record = content.toString('utf8', blank + 1, position + length - 1);
    const value = record.slice(record.indexOf('=') + 1);
    if (record.startsWith('path=')) fields.name = value;
    else if (record.startsWith('linkpath=')) fields.link = value;
    else if (record.startsWith('size=')) {
      fields.size = Number(value);
      if (!Number.isSafeInteger(fields.size) || fields.size < 0) throw damaged(description);
    }
    position += length;
  }
  return fields;
}

function upToNul(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  return bytes.toString('utf8', 0, end < 0 ? bytes.length : end);
}

function paddingOf(size: number): number {
  return (blockBytes - (size % blockBytes)) % blockBytes;
}

function damaged(description: string): OciError {
  return new OciError({ code: 'protocol', message: `${description} is not a tar, or it is damaged.` });
}

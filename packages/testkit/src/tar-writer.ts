import type { LayerEntries, LayerEntry } from './layer-entries.js';

export interface TarOptions {
  /** How names and link targets beyond the 100 bytes of ustar are written. `pax` by default. */
  readonly longNames?: 'pax' | 'gnu';
}

interface Member {
  readonly name: string;
  readonly type: '0' | '1' | '2' | '5' | 'L' | 'K' | 'x';
  readonly mode: number;
  readonly link: string;
  readonly content: Buffer;
}

const blockBytes = 512;

/** A tar (POSIX ustar with pax or GNU extensions) whose bytes depend on the arguments only: no owner, no time. */
export function writeTar(entries: LayerEntries, { longNames = 'pax' }: TarOptions = {}): Buffer {
  const members = Object.entries(entries).map(([path, entry]) => memberOf(path, entry));
  const blocks = members.flatMap((member) => [...extensionsOf(member, longNames), ...blocksOf(member)]);
  return Buffer.concat([...blocks, Buffer.alloc(2 * blockBytes)]);
}

function memberOf(path: string, entry: LayerEntry): Member {
  const empty = { name: path, mode: 0o644, link: '', content: Buffer.alloc(0) };
  if (typeof entry === 'string' || entry instanceof Uint8Array) return { ...empty, type: '0', content: Buffer.from(entry) };
  switch (entry.kind) {
    case 'file':
      return { ...empty, type: '0', mode: entry.mode ?? 0o644, content: Buffer.from(entry.content) };
    case 'directory':
      return { ...empty, type: '5', name: path.endsWith('/') ? path : `${path}/`, mode: entry.mode ?? 0o755 };
    case 'symlink':
      return { ...empty, type: '2', mode: 0o777, link: entry.target };
    case 'hardlink':
      return { ...empty, type: '1', link: entry.target };
    case 'whiteout': {
      const slash = path.lastIndexOf('/') + 1;
      return { ...empty, type: '0', name: `${path.slice(0, slash)}.wh.${path.slice(slash)}` };
    }
    case 'opaque':
      return { ...empty, type: '0', name: `${path.replace(/\/$/, '')}/.wh..wh..opq` };
  }
}

/** What a plain ustar header cannot hold: more than 100 bytes, or other than ASCII. */
function needsExtension(text: string): boolean {
  return Buffer.byteLength(text) > 100 || !/^[\u0020-\u007e]*$/.test(text);
}

function extensionsOf(member: Member, longNames: 'pax' | 'gnu'): readonly Buffer[] {
  const { name, link } = member;
  const details = { mode: 0o644, link: '' };
  if (longNames === 'gnu') {
    const long = (type: 'L' | 'K', text: string): readonly Buffer[] =>
      needsExtension(text) ? blocksOf({ ...details, name: '././@LongLink', type, content: Buffer.from(`${text}\0`) }) : [];
    return [...long('K', link), ...long('L', name)];
  }
  const records = [...(needsExtension(name) ? [paxRecord('path', name)] : []), ...(needsExtension(link) ? [paxRecord('linkpath', link)] : [])];
  return records.length === 0 ? [] : blocksOf({ ...details, name: 'PaxHeaders/0', type: 'x', content: Buffer.from(records.join('')) });
}

/** `length key=value\n`, where the length counts itself (POSIX pax, "pax Extended Header"). */
function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  let length = Buffer.byteLength(rest) + 1;
  while (Buffer.byteLength(`${length}${rest}`) !== length) length = Buffer.byteLength(`${length}${rest}`);
  return `${length}${rest}`;
}

function blocksOf(member: Member): readonly Buffer[] {
  const header = Buffer.alloc(blockBytes);
  header.write(truncated(member.name), 0, 100, 'utf8');
  octal(header, member.mode, 100, 8);
  octal(header, 0, 108, 8);
  octal(header, 0, 116, 8);
  octal(header, member.content.length, 124, 12);
  octal(header, 0, 136, 12);
  header.write(member.type, 156, 1, 'latin1');
  header.write(truncated(member.link), 157, 100, 'utf8');
  header.write('ustar\u000000', 257, 8, 'latin1');
  header.fill(' ', 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 8, 'latin1');
  const padding = Buffer.alloc((blockBytes - (member.content.length % blockBytes)) % blockBytes);
  return [header, member.content, padding];
}

function truncated(text: string): string {
  return Buffer.from(text).subarray(0, 100).toString('utf8');
}

function octal(header: Buffer, value: number, offset: number, width: number): void {
  header.write(`${value.toString(8).padStart(width - 1, '0')}\0`, offset, width, 'latin1');
}

/** One entry of an archive. Paths are relative, without a leading slash. */
export interface TarEntry {
  readonly path: string;
  readonly kind: 'file' | 'folder' | 'symbolic-link';
  /** Content of a file. */
  readonly content?: Buffer | undefined;
  /** Target of a symbolic link. */
  readonly target?: string | undefined;
  /** Permission bits. Default 0644 for files, 0755 for folders, 0777 for links. */
  readonly mode?: number | undefined;
}

const BLOCK_BYTES = 512;
const TYPES = { file: '0', 'symbolic-link': '2', folder: '5' } as const;
const DEFAULT_MODES = { file: 0o644, 'symbolic-link': 0o777, folder: 0o755 } as const;

/** Splits a path over the `prefix` and `name` fields. */
function splitName(path: string): { readonly name: string; readonly prefix: string } {
  if (Buffer.byteLength(path) <= 100) return { name: path, prefix: '' };
  for (let slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
    const [prefix, name] = [path.slice(0, slash), path.slice(slash + 1)];
    if (Buffer.byteLength(prefix) <= 155 && Buffer.byteLength(name) <= 100) return { name, prefix };
  }
  throw new RangeError(`The path '${path}' is too long for a ustar header`);
}

function header(entry: TarEntry, sizeBytes: number, modifiedAt: Date): Buffer {
  const block = Buffer.alloc(BLOCK_BYTES);
  const octal = (value: number, offset: number, length: number) => block.write(`${value.toString(8).padStart(length - 1, '0')}\0`, offset, 'latin1');
  const { name, prefix } = splitName(entry.kind === 'folder' ? `${entry.path}/` : entry.path);
  block.write(name, 0);
  octal(entry.mode ?? DEFAULT_MODES[entry.kind], 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(sizeBytes, 124, 12);
  octal(Math.floor(modifiedAt.getTime() / 1_000), 136, 12);
  block.write(' '.repeat(8), 148, 'latin1');
  block.write(TYPES[entry.kind], 156, 'latin1');
  block.write(entry.target ?? '', 157);
  block.write('ustar\x0000', 257, 'latin1');
  block.write('root', 265, 'latin1');
  block.write('root', 297, 'latin1');
  block.write(prefix, 345);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}

/** Writes a POSIX.1-1988 (ustar) archive, owned by root, in the order given: the same entries give the same bytes. */
export function writeTar(entries: readonly TarEntry[], modifiedAt: Date): Buffer {
  const blocks: Buffer[] = [];
  for (const entry of entries) {
    const content = entry.content ?? Buffer.alloc(0);
    blocks.push(header(entry, content.length, modifiedAt), content, Buffer.alloc((BLOCK_BYTES - (content.length % BLOCK_BYTES)) % BLOCK_BYTES));
  }
  blocks.push(Buffer.alloc(2 * BLOCK_BYTES));
  return Buffer.concat(blocks);
}

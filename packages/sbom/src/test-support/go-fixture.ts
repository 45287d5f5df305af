import { elfBase, elfFile, elfSegmentStart, type ElfFixture } from './elf-fixture.js';
import { macProgram, windowsProgram, type SectionFixture } from './program-fixture.js';

const startMark = Buffer.from('3077af0c9274080241e1c107e6d618e6', 'hex');
const endMark = Buffer.from('f932433186182072008242104116d8f2', 'hex');
const magic = Buffer.from('\xff Go buildinf:', 'latin1');

const marked = (modules: string): Buffer => (modules === '' ? Buffer.alloc(0) : Buffer.concat([startMark, Buffer.from(modules), endMark]));

function lengthOf(bytes: Buffer): Buffer {
  const length: number[] = [];
  for (let left = bytes.length; ; left = Math.floor(left / 128)) {
    if (left < 128) return Buffer.from([...length, left]);
    length.push((left % 128) + 128);
  }
}

/** The blob that Go 1.18 and later put into a program. */
export function buildInformationBlob(goVersion: string, modules: string): Buffer {
  const version = Buffer.from(goVersion);
  const text = marked(modules);
  return Buffer.concat([magic, Buffer.from([8, 2]), Buffer.alloc(16), lengthOf(version), version, lengthOf(text), text]);
}

/** A program with build information; behind it lies `rest`. */
export function goProgram(goVersion: string, modules: string, { rest = Buffer.alloc(100), ...elf }: ElfFixture & { readonly rest?: Buffer } = {}): Buffer {
  // The Go tools have the magic bytes in their text, too.
  const text = Buffer.concat([Buffer.from('text'.repeat(60)), magic, Buffer.alloc(2)]);
  return elfFile({ ...elf, segments: [{ content: text, isWritable: false }, { content: Buffer.concat([buildInformationBlob(goVersion, modules), rest]), isWritable: true }] });
}

/** A program as Go 1.13 to 1.17 made it: the blob holds addresses of strings, which hold addresses of texts. */
export function oldGoProgram(goVersion: string, modules: string, elf: Pick<ElfFixture, 'bits' | 'byteOrder'> = {}): Buffer {
  const width = elf.bits === 32 ? 4 : 8;
  const address = (value: number): Buffer => {
    const bytes = Buffer.alloc(width);
    bytes.writeUIntBE(value, width - 4, 4);
    return elf.byteOrder === 'big' ? bytes : bytes.reverse();
  };
  const version = Buffer.from(goVersion);
  const text = marked(modules);
  const fill = Buffer.from('go1.0go1.1'.padEnd(80, ' '));
  const texts = Buffer.concat([fill, version, fill, text]);
  const readOnly = Buffer.concat([texts, Buffer.alloc((16 - (texts.length % 16)) % 16)]);
  const readOnlyAt = elfBase + elfSegmentStart;
  const blobAt = readOnlyAt + readOnly.length;
  const stringsAt = blobAt + 64;
  const head = Buffer.concat([magic, Buffer.from([width, elf.byteOrder === 'big' ? 1 : 0]), address(stringsAt), address(stringsAt + 2 * width)]);
  const strings = [address(readOnlyAt + fill.length), address(version.length), address(readOnlyAt + 2 * fill.length + version.length), address(text.length)];
  const writable = Buffer.concat([head, Buffer.alloc(64 - head.length), ...strings, Buffer.alloc(100)]);
  return elfFile({ ...elf, segments: [{ content: readOnly, isWritable: false }, { content: writable, isWritable: true }] });
}

const data = (goVersion: string, modules: string): SectionFixture => ({ name: '.data', content: Buffer.concat([buildInformationBlob(goVersion, modules), Buffer.alloc(100)]), isWritable: true });

/** The same blob in the data section of a program of Windows. */
export function windowsGoProgram(goVersion: string, modules: string): Buffer {
  return windowsProgram([data(goVersion, modules)]);
}

/** The same blob in the data segment of a program of macOS. */
export function macGoProgram(goVersion: string, modules: string): Buffer {
  return macProgram([data(goVersion, modules)]);
}

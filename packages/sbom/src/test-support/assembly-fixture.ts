import { elfFile } from './elf-fixture.js';
import { macProgram, windowsProgram } from './program-fixture.js';

export interface AssemblyFixture {
  readonly name: string;
  readonly version?: readonly [number, number, number, number];
  readonly culture?: string;
  readonly publicKey?: Buffer;
  readonly references?: readonly string[];
  /** Of the PE header; any machine when absent. */
  readonly machine?: number;
  /** Of the version resource, by the names it has there. */
  readonly strings?: Readonly<Record<string, string>>;
}

/** The key of the standard, which signs assemblies of runtimes: its token is b77a5c561934e089. */
export const standardKey = Buffer.from('00000000000000000400000000000000', 'hex');

const sectionAddress = 0x2000;
const sectionOffset = 0x200;
const cliHeaderSize = 72;

/** A small assembly: PE headers, one section with the CLI header, metadata and the version resource. */
export function assemblyFile(fixture: AssemblyFixture): Buffer {
  const metadata = metadataOf(fixture);
  const resource = versionResource(fixture.strings ?? {});
  const cli = Buffer.alloc(cliHeaderSize);
  cli.writeUInt32LE(cliHeaderSize, 0);
  cli.writeUInt32LE(sectionAddress + cliHeaderSize, 8);
  cli.writeUInt32LE(metadata.length, 12);
  const section = Buffer.concat([cli, metadata, resource]);
  const head = Buffer.alloc(sectionOffset);
  head.write('MZ', 'latin1');
  head.writeUInt32LE(128, 60);
  head.write('PE\0\0', 128, 'latin1');
  head.writeUInt16LE(fixture.machine ?? 0x14c, 132);
  head.writeUInt16LE(1, 134);
  head.writeUInt16LE(224, 148);
  head.writeUInt16LE(0x10b, 152);
  const directories = 152 + 96;
  head.writeUInt32LE(sectionAddress + cliHeaderSize + metadata.length, directories + 2 * 8);
  head.writeUInt32LE(resource.length, directories + 2 * 8 + 4);
  head.writeUInt32LE(sectionAddress, directories + 14 * 8);
  head.writeUInt32LE(cliHeaderSize, directories + 14 * 8 + 4);
  const entry = 152 + 224;
  head.write('.text', entry, 'latin1');
  head.writeUInt32LE(section.length, entry + 8);
  head.writeUInt32LE(sectionAddress, entry + 12);
  head.writeUInt32LE(section.length, entry + 16);
  head.writeUInt32LE(sectionOffset, entry + 20);
  return Buffer.concat([head, section]);
}

function metadataOf({ name, version = [1, 0, 0, 0], culture = '', publicKey, references = [] }: AssemblyFixture): Buffer {
  let strings = '\0';
  const text = (value: string): number => {
    if (value === '') return 0;
    strings += `${value}\0`;
    return strings.length - value.length - 1;
  };
  const assembly = Buffer.alloc(22);
  for (const [index, part] of version.entries()) assembly.writeUInt16LE(part, 4 + index * 2);
  assembly.writeUInt16LE(publicKey === undefined ? 0 : 1, 16);
  assembly.writeUInt16LE(text(name), 18);
  assembly.writeUInt16LE(text(culture), 20);
  const rows = references.map((reference) => {
    const row = Buffer.alloc(20);
    row.writeUInt16LE(text(reference), 14);
    return row;
  });
  const header = Buffer.alloc(24 + 4 + (rows.length > 0 ? 4 : 0));
  header.writeUInt32LE(1 | (rows.length > 0 ? 8 : 0), 12);
  header.writeUInt32LE(1, 24);
  if (rows.length > 0) header.writeUInt32LE(rows.length, 28);
  const blob = publicKey === undefined ? Buffer.alloc(4) : Buffer.concat([Buffer.from([0, publicKey.length]), publicKey]);
  const streams = [
    { name: '#~', content: Buffer.concat([header, assembly, ...rows]) },
    { name: '#Strings', content: Buffer.from(strings) },
    { name: '#Blob', content: blob },
  ];
  const root = Buffer.concat([Buffer.from('BSJB'), Buffer.from([1, 0, 1, 0, 0, 0, 0, 0, 12, 0, 0, 0]), Buffer.from('v4.0.30319\0\0', 'latin1'), Buffer.from([0, 0, streams.length, 0])]);
  const entryLength = (streamName: string): number => 8 + ((streamName.length + 4) & ~3);
  let offset = root.length + streams.reduce((total, stream) => total + entryLength(stream.name), 0);
  const entries = streams.map((stream) => {
    const entry = Buffer.alloc(entryLength(stream.name));
    entry.writeUInt32LE(offset, 0);
    entry.writeUInt32LE(stream.content.length, 4);
    entry.write(stream.name, 8, 'latin1');
    offset += stream.content.length;
    return entry;
  });
  return Buffer.concat([root, ...entries, ...streams.map(({ content }) => content)]);
}

/** The version resource alone, as it lies among the resources of a PE file. */
export function versionResource(strings: Readonly<Record<string, string>>): Buffer {
  const leaves = Object.entries(strings).map(([name, value]) => block(name, Buffer.from(`${value}\0`, 'utf16le'), value.length + 1));
  const info = block('StringFileInfo', block('000004b0', Buffer.concat(leaves), 0), 0);
  return block('VS_VERSION_INFO', Buffer.concat([Buffer.alloc(52), info]), 52);
}

function block(name: string, content: Buffer, valueLength: number): Buffer {
  const head = Buffer.alloc((6 + (name.length + 1) * 2 + 3) & ~3);
  head.write(name, 6, 'utf16le');
  const length = head.length + content.length;
  head.writeUInt16LE(length, 0);
  head.writeUInt16LE(valueLength, 2);
  return Buffer.concat([head, content, Buffer.alloc((4 - (length % 4)) % 4)]);
}

const bundleMarker = Buffer.from('00000000000000008b1202b96a612038727b930214d7a03213f5b9e6efae3318ee3b2dce24b36aae', 'hex');

/** What starts the program, by system: the marker is in its data. */
const hosts = {
  linux: elfFile({ segments: [{ content: bundleMarker, isWritable: true }] }),
  windows: windowsProgram([{ name: '.text', content: Buffer.alloc(9000) }, { name: '.data', content: bundleMarker, isWritable: true }]),
  macos: macProgram([{ name: '__text', content: Buffer.alloc(9000) }, { name: '__data', content: bundleMarker, isWritable: true }]),
} as const;

/** A single-file program: what starts it, the files one behind the other, and the header of version 6. */
export function singleFileProgram(files: Readonly<Record<string, string>>, major = 6, system: keyof typeof hosts = 'linux'): Buffer {
  const program = Buffer.from(hosts[system]);
  let offset = program.length;
  const entries = Object.entries(files).map(([path, content]) => {
    const entry = Buffer.alloc(major >= 6 ? 25 : 17);
    entry.writeBigInt64LE(BigInt(offset), 0);
    entry.writeBigInt64LE(BigInt(content.length), 8);
    entry.writeUInt8(path.endsWith('.deps.json') ? 3 : 1, entry.length - 1);
    offset += content.length;
    return Buffer.concat([entry, Buffer.from([path.length]), Buffer.from(path)]);
  });
  const header = Buffer.alloc(12);
  header.writeUInt32LE(major, 0);
  header.writeUInt32LE(entries.length, 8);
  program.writeBigInt64LE(BigInt(offset), program.indexOf(bundleMarker));
  return Buffer.concat([program, ...Object.values(files).map((content) => Buffer.from(content)), header, Buffer.from('\x04abcd'), Buffer.alloc(major >= 2 ? 40 : 0), ...entries]);
}

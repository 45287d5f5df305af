/** A part of a program, by the name its section has. */
export interface SectionFixture {
  readonly name: string;
  readonly content: Buffer;
  readonly isWritable?: boolean;
  /** In memory; the table of data directories of a PE file speaks in such addresses. */
  readonly address?: number;
}

const headBytes = 4096;
const blockBytes = 512;

function placed(sections: readonly SectionFixture[]): { readonly places: readonly number[]; readonly body: Buffer } {
  const parts: Buffer[] = [];
  let end = headBytes;
  const places = sections.map(({ content }) => {
    const start = end;
    const padding = Buffer.alloc((blockBytes - (content.length % blockBytes)) % blockBytes);
    parts.push(content, padding);
    end += content.length + padding.length;
    return start;
  });
  return { places, body: Buffer.concat(parts) };
}

/** A small program of Windows, 64 bits. `resources` is the index of the section that the directory of resources names. */
export function windowsProgram(sections: readonly SectionFixture[], { resources }: { readonly resources?: number } = {}): Buffer {
  const { places, body } = placed(sections);
  const head = Buffer.alloc(headBytes);
  head.write('MZ', 'latin1');
  head.writeUInt32LE(128, 60);
  head.write('PE\0\0', 128, 'latin1');
  head.writeUInt16LE(0x8664, 132);
  head.writeUInt16LE(sections.length, 134);
  head.writeUInt16LE(240, 148);
  head.writeUInt16LE(0x20b, 152);
  for (const [index, { name, content, isWritable = false, address = 0x1000 * (index + 1) }] of sections.entries()) {
    const at = 152 + 240 + index * 40;
    head.write(name, at, 'latin1');
    head.writeUInt32LE(content.length, at + 8);
    head.writeUInt32LE(address, at + 12);
    head.writeUInt32LE(Math.ceil(content.length / blockBytes) * blockBytes, at + 16);
    head.writeUInt32LE(places[index] ?? 0, at + 20);
    head.writeUInt32LE(isWritable ? 0xc0000040 : 0x40000040, at + 36);
    if (index !== resources) continue;
    head.writeUInt32LE(address, 152 + 112 + 2 * 8);
    head.writeUInt32LE(content.length, 152 + 112 + 2 * 8 + 4);
  }
  return Buffer.concat([head, body]);
}

/** A small program of macOS: a segment for each section. */
export function macProgram(sections: readonly SectionFixture[]): Buffer {
  const { places, body } = placed(sections);
  const head = Buffer.alloc(headBytes);
  head.writeUInt32LE(0xfeedfacf, 0);
  head.writeUInt32LE(0x0100000c, 4);
  head.writeUInt32LE(sections.length, 16);
  head.writeUInt32LE(sections.length * 152, 20);
  for (const [index, { name, content, isWritable = false }] of sections.entries()) {
    const at = 32 + index * 152;
    head.writeUInt32LE(0x19, at);
    head.writeUInt32LE(152, at + 4);
    head.write('__DATA', at + 8, 'latin1');
    head.writeBigUInt64LE(BigInt(places[index] ?? 0), at + 40);
    head.writeBigUInt64LE(BigInt(content.length), at + 48);
    head.writeUInt32LE(isWritable ? 3 : 1, at + 60);
    head.writeUInt32LE(1, at + 64);
    head.write(name, at + 72, 'latin1');
    head.write('__DATA', at + 88, 'latin1');
    head.writeBigUInt64LE(BigInt(content.length), at + 72 + 40);
    head.writeUInt32LE(places[index] ?? 0, at + 72 + 48);
  }
  return Buffer.concat([head, body]);
}

/** One file for several architectures of macOS (mach-o/fat.h), each at a multiple of 4,096 bytes. */
export function universalProgram(programs: readonly Buffer[], { wide = false } = {}): Buffer {
  const header = Buffer.alloc(headBytes);
  header.writeUInt32BE(wide ? 0xcafebabf : 0xcafebabe, 0);
  header.writeUInt32BE(programs.length, 4);
  const parts: Buffer[] = [header];
  let end = header.length;
  for (const [index, program] of programs.entries()) {
    const at = 8 + index * (wide ? 32 : 20);
    header.writeUInt32BE(0x0100000c, at);
    if (wide) {
      header.writeBigUInt64BE(BigInt(end), at + 8);
      header.writeBigUInt64BE(BigInt(program.length), at + 16);
    } else {
      header.writeUInt32BE(end, at + 8);
      header.writeUInt32BE(program.length, at + 12);
    }
    const padding = Buffer.alloc((4096 - (program.length % 4096)) % 4096);
    parts.push(program, padding);
    end += program.length + padding.length;
  }
  return Buffer.concat(parts);
}

import { program } from './made-content.js';

/** Where the data of the program begins: behind its code. */
const dataShare = 0.9;

/** A text as Go writes it into the build information: its length in sevens of bits, then its bytes. */
function withLength(text: Buffer): Buffer {
  const length: number[] = [];
  let rest = text.length;
  for (; rest >= 0x80; rest >>>= 7) length.push((rest & 0x7f) | 0x80);
  return Buffer.concat([Buffer.from([...length, rest]), text]);
}

/** A program as Go 1.18 and later link it: an ELF file whose writable segment holds its modules (debug/buildinfo). */
export function goProgram(random: () => number, bytes: number, name: string, modules: number): Buffer {
  const content = program(random, bytes, 28);
  const dataAt = Math.floor((bytes * dataShare) / 4096) * 4096;
  const lines = [
    `path\texample.org/${name}`,
    `mod\texample.org/${name}\tv1.0.0\t`,
    ...Array.from({ length: modules }, (_, index) => `dep\texample.org/module-${index}\tv1.${index}.0\th1:${Buffer.alloc(32, index).toString('base64')}`),
  ];
  const mark = (hex: string): Buffer => Buffer.from(hex, 'hex');
  const information = Buffer.concat([mark('3077af0c9274080241e1c107e6d618e6'), Buffer.from(`${lines.join('\n')}\n`), mark('f932433186182072008242104116d8f2')]);
  const head = Buffer.alloc(32);
  head.write('\xff Go buildinf:', 'latin1');
  head.writeUInt8(8, 14);
  head.writeUInt8(2, 15);
  Buffer.concat([head, withLength(Buffer.from('go1.24.1')), withLength(information)]).copy(content, dataAt);

  content.writeBigUInt64LE(64n, 32);
  content.writeUInt16LE(64, 52);
  content.writeUInt16LE(56, 54);
  content.writeUInt16LE(1, 56);
  const segment = Buffer.alloc(56);
  segment.writeUInt32LE(1, 0);
  segment.writeUInt32LE(6, 4);
  for (const at of [8, 16, 24]) segment.writeBigUInt64LE(BigInt(dataAt), at);
  for (const at of [32, 40]) segment.writeBigUInt64LE(BigInt(bytes - dataAt), at);
  segment.copy(content, 64);
  return content;
}

// Importing these as modules would read each of their exports, some of which load much else.
const { readFileSync, writeFileSync } = process.getBuiltinModule('node:fs');
const { crc32 } = process.getBuiltinModule('node:zlib');

const checksumBytes = 4;

const keptPath = (path: string): string => `${path}.compiled`;

/**
 * The code that a file was compiled to, where it is kept beside it; undefined without, and where one of the two was changed since:
 * V8 itself notices other versions of V8 and sources of another length, and runs damaged code.
 */
export function readKeptCode(path: string, source: Buffer): Buffer | undefined {
  try {
    const kept = readFileSync(keptPath(path));
    const code = kept.subarray(0, -checksumBytes);
    return kept.readUInt32LE(code.length) === crc32(code, crc32(source)) ? code : undefined;
  } catch {
    // Not there, not to be read, or too short: the file is compiled.
    return undefined;
  }
}

/** @throws Error when the file cannot be written */
export function keepCode(path: string, code: Buffer): void {
  const checksum = Buffer.alloc(checksumBytes);
  checksum.writeUInt32LE(crc32(code, crc32(readFileSync(path))));
  writeFileSync(keptPath(path), Buffer.concat([code, checksum]));
}

import { closeSync, openSync, readSync } from 'node:fs';
import bunzip from 'seek-bzip';
import { VulnerabilitiesError } from '../vulnerabilities-error.js';

const pieceBytes = 1024 * 1024;

/**
 * Unfolds a bzip2 file piece by piece; the bytes given to `take` are valid until it returns. Blocks are checked against their
 * checksums. @throws VulnerabilitiesError `bundle-damaged`, `bundle-too-large`, and what `take` throws.
 */
export function readBzip2(file: string, maximumBytes: number, take: (bytes: Uint8Array) => void): void {
  const descriptor = openSync(file, 'r');
  const input = Buffer.alloc(pieceBytes);
  const output = Buffer.alloc(pieceBytes);
  let available = readSync(descriptor, input);
  let position = 0;
  let filled = 0;
  let total = 0;
  const flush = (): void => {
    total += filled;
    if (total > maximumBytes) throw new VulnerabilitiesError('bundle-too-large', `A file unfolds to more than ${maximumBytes} bytes.`, 'Check the address of the feed.');
    take(output.subarray(0, filled));
    filled = 0;
  };
  const fill = (): boolean => {
    if (position < available) return true;
    available = readSync(descriptor, input);
    position = 0;
    return available > 0;
  };
  try {
    bunzip.decode(
      {
        readByte() {
          if (!fill()) throw damaged();
          position += 1;
          return input[position - 1] ?? 0;
        },
        read(buffer, offset, length) {
          for (let index = 0; index < length; index += 1) buffer[offset + index] = this.readByte();
          return length;
        },
        eof: () => !fill(),
      },
      {
        writeByte(byte) {
          output[filled] = byte;
          filled += 1;
          if (filled === output.length) flush();
        },
      },
      true,
    );
    flush();
  } catch (error) {
    throw error instanceof VulnerabilitiesError ? error : damaged(error);
  } finally {
    closeSync(descriptor);
  }
}

function damaged(cause?: unknown): VulnerabilitiesError {
  return new VulnerabilitiesError('bundle-damaged', 'A bzip2 file is damaged or cut short.', 'Fetch it again; the records in use stay.', cause);
}

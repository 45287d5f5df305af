import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { VulnerabilitiesError } from '../vulnerabilities-error.js';

/** The bytes of a file in pieces, unfolded where it is gzip. Believes no stated size. @throws VulnerabilitiesError `bundle-damaged`, `bundle-too-large`. */
export async function* readUnfolded(file: string, maximumBytes: number): AsyncGenerator<Buffer> {
  const stream = createReadStream(file);
  const unfolded = (await isGzip(file)) ? stream.on('error', (error) => unfolded.destroy(error)).pipe(createGunzip()) : stream;
  let bytes = 0;
  try {
    for await (const chunk of unfolded as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > maximumBytes) throw new VulnerabilitiesError('bundle-too-large', `A file unfolds to more than ${maximumBytes} bytes.`, 'Check the address of the feed.');
      yield chunk;
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')) throw new VulnerabilitiesError('bundle-damaged', 'A gzip file is damaged or cut short.', 'Fetch it again; the records in use stay.', error);
    throw error;
  } finally {
    stream.destroy();
  }
}

async function isGzip(file: string): Promise<boolean> {
  await using handle = await open(file);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
  return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
}

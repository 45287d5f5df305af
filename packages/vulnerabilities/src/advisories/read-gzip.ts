import { gunzipSync } from 'node:zlib';
import { VulnerabilitiesError } from '../vulnerabilities-error.js';

/** The bytes, unfolded where they are gzip. Believes no stated size. @throws VulnerabilitiesError `bundle-damaged`, `bundle-too-large`. */
export function readGzip(bytes: Buffer, maximumBytes: number): Buffer {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: maximumBytes });
  } catch (error) {
    if (error instanceof RangeError) throw new VulnerabilitiesError('bundle-too-large', `A file unfolds to more than ${maximumBytes} bytes.`, 'Check the address of the feed.', error);
    throw new VulnerabilitiesError('bundle-damaged', 'A gzip file is damaged or cut short.', 'Fetch it again; the records in use stay.', error);
  }
}

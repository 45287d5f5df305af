import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';

/**
 * A yardstick, run as a program: gzip files to nothing with Node's documented interface alone, in chunks of a size that
 * does it justice.
 */
for (const file of process.argv.slice(2)) {
  const gunzip = createReadStream(file, { highWaterMark: 256 * 1024 }).pipe(createGunzip({ chunkSize: 1024 * 1024 }));
  gunzip.resume();
  await new Promise((resolve, reject) => gunzip.once('end', resolve).once('error', reject));
}

import { open } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { defaultDocumentLimits } from '@esscm/sbom/documents';
import { CommandError } from '../exit-codes.js';

/**
 * Bytes of a document: of a file, or of standard input for `-`. Not more than a document may have is read.
 * @throws CommandError when it cannot be read or is too large
 */
export async function openDocument(file: string): Promise<Uint8Array> {
  const { maximumBytes } = defaultDocumentLimits;
  const tooLarge = () => new CommandError(`${file} has more than ${maximumBytes / 1024 / 1024} MiB.`, { remedy: 'Have the document made without its list of files.' });
  if (file === '-') {
    let length = 0;
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) {
      const bytes = Buffer.from(chunk);
      length += bytes.byteLength;
      if (length > maximumBytes) throw tooLarge();
      chunks.push(bytes);
    }
    return Buffer.concat(chunks);
  }
  try {
    await using handle = await open(file);
    const { size } = await handle.stat();
    if (size > maximumBytes) throw tooLarge();
    return await buffer(handle.createReadStream({ autoClose: false }));
  } catch (cause) {
    if (cause instanceof CommandError) throw cause;
    throw new CommandError(`${file} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

import type { Readable } from 'node:stream';
import { CommandError, exitCodes } from '../exit-codes.js';

/** Longest password taken from standard input; a token of Amazon ECR has about 3,000 characters. */
const maximumBytes = 64 * 1024;

/** Reads a password to the end of a stream; one line break at its end is not part of it. */
export async function readPassword(input: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of input) {
    const bytes = Buffer.from(chunk);
    length += bytes.byteLength;
    if (length > maximumBytes) throw new CommandError('The password on standard input is longer than 64 KiB.', { exitCode: exitCodes.usage });
    chunks.push(bytes);
  }
  const password = Buffer.concat(chunks).toString('utf8').replace(/\r?\n$/, '');
  if (password === '') throw new CommandError('Standard input holds no password.', { exitCode: exitCodes.usage });
  return password;
}

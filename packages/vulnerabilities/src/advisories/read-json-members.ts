import { createReadStream } from 'node:fs';
import { VulnerabilitiesError } from '../vulnerabilities-error.js';

/** One member of the outermost object: its name, and its value as JSON text. */
export interface JsonMember {
  readonly name: string;
  readonly value: string;
}

const quote = 0x22;
const backslash = 0x5c;

/**
 * The members of a JSON file that is one object, one after the other, without holding more than one of them: some feeds are one
 * object of a hundred megabytes. Values are not checked; parse them. @throws VulnerabilitiesError `feed-malformed` for other
 * files and files that end early, `bundle-too-large` for a member beyond `maximumBytes`.
 */
export async function* readJsonMembers(file: string, maximumBytes: number): AsyncGenerator<JsonMember> {
  let depth = 0;
  let inString = false;
  let escaped = false;
  let pieces: Buffer[] = [];
  let bytes = 0;
  let isComplete = false;
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>) {
    let start = 0;
    for (let index = 0; index < chunk.length; index += 1) {
      const byte = chunk[index];
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === backslash) escaped = true;
        else if (byte === quote) inString = false;
        continue;
      }
      if (byte === quote) inString = true;
      else if (byte === 0x7b || byte === 0x5b) {
        depth += 1;
        if (depth === 1) {
          if (byte !== 0x7b || isComplete) throw malformed();
          start = index + 1;
        }
      } else if (byte === 0x7d || byte === 0x5d) {
        depth -= 1;
        if (depth < 0) throw malformed();
        if (depth === 0) {
          pieces.push(chunk.subarray(start, index));
          const member = memberOf(pieces);
          if (member !== undefined) yield member;
          pieces = [];
          isComplete = true;
        }
      } else if (byte === 0x2c && depth === 1) {
        pieces.push(chunk.subarray(start, index));
        const member = memberOf(pieces);
        if (member === undefined) throw malformed();
        yield member;
        pieces = [];
        bytes = 0;
        start = index + 1;
      } else if (depth === 0 && byte !== undefined && byte > 0x20) throw malformed();
    }
    if (depth > 0) {
      bytes += chunk.length - start;
      if (bytes > maximumBytes) throw new VulnerabilitiesError('bundle-too-large', `A member of the file has more than ${maximumBytes} bytes.`, 'Check the address of the feed.');
      pieces.push(chunk.subarray(start));
    }
  }
  if (!isComplete) throw malformed();
}

/** Undefined for blanks. */
function memberOf(pieces: readonly Buffer[]): JsonMember | undefined {
  const text = Buffer.concat(pieces).toString('utf8');
  if (text.trim() === '') return undefined;
  const [, name, value] = /^\s*("(?:[^"\\]|\\.)*")\s*:([\s\S]*)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) throw malformed();
  try {
    return { name: String(JSON.parse(name)), value };
  } catch (error) {
    throw malformed(error);
  }
}

function malformed(cause?: unknown): VulnerabilitiesError {
  return new VulnerabilitiesError('feed-malformed', 'The file is no JSON object, or ends early.', 'Fetch it again; the records in use stay.', cause);
}

import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Fetch } from '@esscm/vulnerabilities';

/** Bytes of the file being fetched; the total is unknown when the server does not say it. */
export type ReportBytes = (bytesDone: number, bytesTotal: number | undefined) => void;

/** Fetches over the network, or from a folder given as `file:`, and says how far it is. */
export function countingFetch(report: ReportBytes): Fetch {
  return async (address, options) => {
    const response = address.startsWith('file:') ? await readFileAddress(address, options.headers) : await globalThis.fetch(address, options);
    if (response.body === null || !response.ok) return response;
    const length = Number(response.headers.get('content-length') ?? Number.NaN);
    const total = Number.isSafeInteger(length) && length > 0 ? length : undefined;
    let done = 0;
    const counted = response.body.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          done += chunk.length;
          report(done, total);
          controller.enqueue(chunk);
        },
      }),
    );
    return new Response(counted, { status: response.status, headers: response.headers });
  };
}

/** A file as a server would give it, with its time of change for the next conditional request. */
async function readFileAddress(address: string, headers: Readonly<Record<string, string>>): Promise<Response> {
  let found;
  try {
    found = await stat(fileURLToPath(address));
  } catch {
    return new Response(undefined, { status: 404 });
  }
  const lastModified = found.mtime.toUTCString();
  if (headers['if-modified-since'] === lastModified) return new Response(undefined, { status: 304 });
  const stream = Readable.toWeb(createReadStream(fileURLToPath(address))) as ReadableStream<Uint8Array>;
  return new Response(stream, { status: 200, headers: { 'last-modified': lastModified, 'content-length': String(found.size) } });
}

import { ReadableStream } from 'node:stream/web';
import { parentPort } from 'node:worker_threads';
import { writeDocument } from './write-document.js';
import type { DocumentAnswer, DocumentRequest } from './document-writer.js';

/** Entry of the thread that writes documents. Each answer carries a stream; nothing is written before its reader asks for it. */
parentPort?.on('message', (request: DocumentRequest) => {
  try {
    const stream = ReadableStream.from(inPieces(writeDocument(request)));
    const answer: DocumentAnswer = { id: request.id, stream };
    parentPort?.postMessage(answer, [stream]);
  } catch (error) {
    const answer: DocumentAnswer = { id: request.id, failure: { message: error instanceof Error ? error.message : String(error) } };
    parentPort?.postMessage(answer);
  }
});

/** Large enough that a document of a hundred megabytes takes hundreds of messages, small enough to be nothing in memory. */
const pieceCharacters = 128 * 1024;

function* inPieces(chunks: Iterable<string>): Generator<Uint8Array> {
  let waiting: string[] = [];
  let length = 0;
  for (const chunk of chunks) {
    waiting.push(chunk);
    length += chunk.length;
    if (length < pieceCharacters) continue;
    yield encode(waiting);
    waiting = [];
    length = 0;
  }
  if (length > 0) yield encode(waiting);
}

const encoder = new TextEncoder();

function encode(parts: readonly string[]): Uint8Array {
  return encoder.encode(parts.join(''));
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendError } from './registry-answers.js';
import type { RegistryBehaviour } from './registry-behaviour.js';

/** Answers a GET of a blob with all that may go wrong. */
export function sendBlob(request: IncomingMessage, response: ServerResponse, blob: Buffer, behaviour: RegistryBehaviour): void {
  const bytes = misbehaved(blob, behaviour);
  const asked = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1];
  const start = asked === undefined || behaviour.ignoreRange ? 0 : Number(asked);
  if (start > 0 && (behaviour.refuseRange || start >= bytes.length)) {
    response.setHeader('content-range', `bytes */${bytes.length}`);
    sendError(response, 416, 'RANGE_INVALID', 'Requested Range Not Satisfiable');
    return;
  }
  const body = bytes.subarray(start);
  response.writeHead(start > 0 ? 206 : 200, {
    'content-type': 'application/octet-stream',
    ...(behaviour.chunkedBlobs ? {} : { 'content-length': body.length }),
    ...(start > 0 ? { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` } : {}),
  });
  if (behaviour.cuts > 0 && body.length > behaviour.cutBlobAfterBytes) {
    behaviour.cuts -= 1;
    response.flushHeaders();
    response.write(body.subarray(0, behaviour.cutBlobAfterBytes), () => {
      if (!behaviour.stallInsteadOfCut) response.socket?.destroy();
    });
  } else {
    response.end(body);
  }
}

function misbehaved(blob: Buffer, { corruptBlobs, blobLengthDelta }: RegistryBehaviour): Buffer {
  const bytes = Buffer.concat([blob, Buffer.alloc(Math.max(0, blobLengthDelta))]);
  const last = blob.length - 1;
  if (corruptBlobs && last >= 0) bytes.writeUInt8(bytes.readUInt8(last) ^ 1, last);
  return blobLengthDelta < 0 ? bytes.subarray(0, Math.max(0, bytes.length + blobLengthDelta)) : bytes;
}

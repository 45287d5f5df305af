import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { FaultBehaviour } from '../faults.js';
import type { IncomingRequest, OutgoingAnswer } from '../http/exchange.js';
import type { SimulatorState } from '../simulator-state.js';

function xmlError(status: number, code: string, message: string, details = ''): OutgoingAnswer {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message>${details}</Error>`;
  return { status, headers: { 'Content-Type': 'application/xml' }, body };
}

/** First and last byte of a single `bytes=` range; undefined for a header that S3 ignores (not bytes, several ranges). */
function parseRange(header: string, size: number): { readonly start: number; readonly end: number } | 'unsatisfiable' | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header);
  const [, first = '', last = ''] = match ?? [];
  if (match === null || (first === '' && last === '')) return undefined;
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size - 1 };
  }
  const start = Number(first);
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== '' && Number(last) < start) return undefined;
  return start >= size ? 'unsatisfiable' : { start, end };
}

async function* corrupted(source: Readable): AsyncGenerator<Buffer> {
  let first = true;
  for await (const chunk of source) {
    const bytes = Buffer.from(chunk);
    if (first && bytes.length > 0) {
      const middle = bytes.length >> 1;
      bytes[middle] = (bytes[middle] ?? 0) ^ 0xff;
      first = false;
    }
    yield bytes;
  }
}

/** The second origin, where blobs really are: answers pre-signed links as S3 does, ranges included. */
export function answerBlobOrigin(state: SimulatorState, request: IncomingRequest, fault: FaultBehaviour | undefined): OutgoingAnswer {
  if (request.headers.has('authorization')) {
    return xmlError(
      400,
      'InvalidArgument',
      'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified',
    );
  }
  const link = state.blobLinks.read(request.target, state.now());
  if (link.state === 'forged') {
    return xmlError(403, 'SignatureDoesNotMatch', 'The request signature we calculated does not match the signature you provided. Check your key and signing method.');
  }
  if (link.state === 'expired') {
    const details = `<Expires>${link.expiredAt.toISOString()}</Expires><ServerTime>${state.now().toISOString()}</ServerTime>`;
    return xmlError(403, 'AccessDenied', 'Request has expired', details);
  }
  request.note.repository = link.repository;
  const repository = link.place === 'public' ? state.catalogue.find('public', link.repository) : state.catalogue.find('private', link.repository, link.place);
  const blob = repository?.blob(link.digest);
  if (blob === undefined) return xmlError(404, 'NoSuchKey', 'The specified key does not exist.');
  if (request.method !== 'GET') return xmlError(403, 'SignatureDoesNotMatch', 'The link is signed for GET.');

  const etag = `"${link.digest.slice(7, 39)}"`;
  const ifRange = request.headers.get('if-range');
  const rangeHeader = ifRange === undefined || ifRange === etag ? request.headers.get('range') : undefined;
  const range = rangeHeader === undefined ? undefined : parseRange(rangeHeader, blob.sizeBytes);
  if (range === 'unsatisfiable') {
    const answer = xmlError(416, 'InvalidRange', 'The requested range is not satisfiable', `<ActualObjectSize>${blob.sizeBytes}</ActualObjectSize>`);
    return { ...answer, headers: { ...answer.headers, 'Content-Range': `bytes */${blob.sizeBytes}` } };
  }
  const { start, end } = range ?? { start: 0, end: blob.sizeBytes - 1 };
  const length = end - start + 1 + (fault?.kind === 'wrong-length' ? 1 : 0);
  const file = blob.sizeBytes === 0 ? Readable.from([]) : createReadStream(blob.path, { start, end });
  return {
    status: range === undefined ? 200 : 206,
    headers: {
      'Content-Type': 'application/octet-stream',
      'Content-Length': String(length),
      'Accept-Ranges': 'bytes',
      ETag: etag,
      ...(range === undefined ? {} : { 'Content-Range': `bytes ${start}-${end}/${blob.sizeBytes}` }),
    },
    body: fault?.kind === 'corrupt' ? Readable.from(corrupted(file)) : file,
    ...(fault?.kind === 'cut' ? { cutAfterBytes: fault.afterBytes } : {}),
    ...(fault?.kind === 'wrong-length' ? { cutAfterBytes: length } : {}),
  };
}

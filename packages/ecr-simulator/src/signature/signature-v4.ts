import { createHash, createHmac } from 'node:crypto';

/** A request as it arrived, in the parts that Signature Version 4 covers. */
export interface SignableRequest {
  readonly method: string;
  /** Path and query as sent, neither decoded nor normalised. */
  readonly target: string;
  /** Lower-case names; a repeated header's values joined with `,`. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
}

/** `20260101/us-east-1/ecr/aws4_request`, taken apart. */
export interface CredentialScope {
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly terminator: string;
}

const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Uint8Array, data: string): Buffer => createHmac('sha256', key).update(data).digest();

/** RFC 3986: everything but the unreserved characters is escaped. */
const encode = (text: string): string => encodeURIComponent(text).replace(/[!'()*]/g, (symbol) => `%${symbol.charCodeAt(0).toString(16).toUpperCase()}`);

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function canonicalQuery(query: string): string {
  if (query === '') return '';
  return query
    .split('&')
    .map((pair) => {
      const equals = pair.indexOf('=');
      const [name, value] = equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
      return `${encode(decode(name))}=${encode(decode(value))}`;
    })
    .toSorted()
    .join('&');
}

/**
 * The canonical request of Signature Version 4 ("Create a signed AWS API request", IAM User Guide). The path is escaped once more
 * than it was sent, as every service but S3 does. The payload hash is computed here and never taken from `x-amz-content-sha256`.
 */
export function canonicalRequest(request: SignableRequest, signedHeaders: readonly string[]): string {
  const questionMark = request.target.indexOf('?');
  const path = questionMark < 0 ? request.target : request.target.slice(0, questionMark);
  const query = questionMark < 0 ? '' : request.target.slice(questionMark + 1);
  const headers = signedHeaders.map((name) => `${name}:${(request.headers.get(name) ?? '').trim().replace(/ +/g, ' ')}\n`);
  return [
    request.method,
    path.split('/').map(encode).join('/') || '/',
    canonicalQuery(query),
    headers.join(''),
    signedHeaders.join(';'),
    sha256(request.body),
  ].join('\n');
}

/** The signature in lower-case hex. `timestamp` is `YYYYMMDDTHHMMSSZ`. */
export function computeSignature(secretAccessKey: string, scope: CredentialScope, timestamp: string, canonical: string): string {
  const scopeText = `${scope.date}/${scope.region}/${scope.service}/${scope.terminator}`;
  const stringToSign = ['AWS4-HMAC-SHA256', timestamp, scopeText, sha256(canonical)].join('\n');
  const dateKey = hmac(`AWS4${secretAccessKey}`, scope.date);
  const signingKey = hmac(hmac(hmac(dateKey, scope.region), scope.service), scope.terminator);
  return hmac(signingKey, stringToSign).toString('hex');
}

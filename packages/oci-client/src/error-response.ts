import type { IncomingHttpHeaders } from 'node:http';
import { OciError, type OciErrorCode } from './errors.js';
import { errorBodySchema } from './schemas.js';

/** A refusal as it came over the wire, its body read and bounded. */
export interface RefusedAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly host: string;
  /**
   * Whether the registry itself answered. The words of any other host (a storage redirect, a token service) are not
   * repeated, as the server could be steered to read one for its caller.
   */
  readonly fromRegistry: boolean;
  /** Completes "… refused to give": `manifest nginx/nginx:latest`. */
  readonly subject: string;
  /** Milliseconds since 1970, to read a `Retry-After` date by. */
  readonly now: number;
}

/** Amazon ECR says so with 403 or 400 and no challenge; the words are all there is to tell it from a denied action. */
const refusedTokenPattern = /authori[sz]ation token (?:has expired|is invalid)|token (?:has )?expired|(?:token|bearer) is invalid|invalid token/i;

/** Whether an answer means that the credential itself, not the action, was refused and a fresh one may help. */
export function saysTokenRefused(answer: Pick<RefusedAnswer, 'status' | 'body' | 'fromRegistry'>): boolean {
  return answer.fromRegistry && (answer.status === 400 || answer.status === 403) && refusedTokenPattern.test(answer.body);
}

/** Translates a refusal to this package's errors. Registry codes: OCI distribution-spec 1.1, error codes. */
export function errorOfAnswer(answer: RefusedAnswer): OciError {
  const upstream = answer.fromRegistry ? upstreamError(answer.body) : {};
  const code = codeOf(answer, upstream.code);
  const retryAfterMs = retryAfter(answer.headers['retry-after'], answer.now);
  const requestId = requestIdOf(answer.headers);
  return new OciError({
    code,
    message: `${sentences[code](answer)} (${[answer.status, upstream.code].filter((part) => part !== undefined).join(' ')})`,
    retryable: code === 'throttled' || (code === 'unreachable' && answer.status !== 501 && answer.status !== 505),
    status: answer.status,
    host: answer.host,
    ...(upstream.code === undefined ? {} : { upstreamCode: upstream.code }),
    ...(upstream.message === undefined ? {} : { upstreamMessage: upstream.message }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

type Sentence = (answer: RefusedAnswer) => string;
const unexpected: Sentence = ({ host, subject }) => `${host} gave an unexpected answer when asked for ${subject}`;

const sentences: Readonly<Record<OciErrorCode, Sentence>> = {
  unauthorized: ({ host, subject }) => `${host} does not accept the credential for ${subject}`,
  denied: ({ host, subject }) => `${host} does not allow this credential to read ${subject}`,
  'not-found': ({ host, subject }) => `${host} does not have ${subject}`,
  throttled: ({ host, subject }) => `${host} limits the rate of requests and did not give ${subject}`,
  unreachable: ({ host, subject }) => `${host} failed when asked for ${subject}`,
  blocked: unexpected,
  integrity: unexpected,
  protocol: unexpected,
  unsupported: ({ host, subject }) => `${host} does not support being asked for ${subject}`,
  limit: unexpected,
  cancelled: unexpected,
};

function codeOf(answer: RefusedAnswer, upstreamCode: string | undefined): OciErrorCode {
  const { status } = answer;
  if (status === 401 || saysTokenRefused(answer)) return 'unauthorized';
  if (status === 429 || upstreamCode === 'TOOMANYREQUESTS') return 'throttled';
  if (status === 403) return 'denied';
  if (status === 404 || status === 410) return 'not-found';
  if (status === 408 || status >= 500) return 'unreachable';
  if (status === 405 || upstreamCode === 'UNSUPPORTED') return 'unsupported';
  return 'protocol';
}

function upstreamError(body: string): { readonly code?: string; readonly message?: string } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return {};
  }
  const first = errorBodySchema.safeParse(parsed).data?.errors[0];
  const code = first?.code !== undefined && /^[A-Za-z0-9_]{1,64}$/.test(first.code) ? first.code : undefined;
  const message = first?.message === undefined ? undefined : withoutSecrets(first.message);
  return { ...(code === undefined ? {} : { code }), ...(message === undefined ? {} : { message }) };
}

/** Cuts query strings, authorization values and long opaque words out of a registry's own words. */
function withoutSecrets(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/(https?:\/\/[^\s?#"']+)[?#][^\s"']*/gi, '$1')
    .replace(/\b(Bearer|Basic)\s+[\w+/=.~-]+/gi, '$1 [redacted]')
    .replace(/(?<!sha256:)\b(?![0-9a-f]{64}\b)[\w+/=-]{80,}/g, '[redacted]')
    .slice(0, 500);
}

function requestIdOf(headers: IncomingHttpHeaders): string | undefined {
  for (const name of ['x-amzn-requestid', 'x-amz-request-id', 'x-request-id', 'x-correlation-id']) {
    const value = headers[name];
    if (typeof value === 'string' && /^[\w.:=/+-]{1,128}$/.test(value)) return value;
  }
  return undefined;
}

/** RFC 9110, 10.2.3: seconds, or a date. */
function retryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

import { describe, expect, test } from 'vitest';
import type { OciErrorCode } from './errors.js';
import { errorOfAnswer, saysTokenRefused, type RefusedAnswer } from './error-response.js';

const host = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';

function answer(status: number, body: string, more: Partial<RefusedAnswer> = {}): RefusedAnswer {
  return { status, body, headers: {}, host, fromRegistry: true, subject: 'manifest web:1', now: Date.UTC(2026, 0, 1), ...more };
}

function errors(code: string, message: string): string {
  return JSON.stringify({ errors: [{ code, message }] });
}

describe('a refusal of Amazon ECR is of code', () => {
  test.each<[status: number, body: string, code: OciErrorCode, tokenRefused: boolean]>([
    [401, 'Not Authorized', 'unauthorized', false],
    [403, errors('DENIED', 'User: arn:aws:iam::123456789012:user/x is not authorized to perform: ecr:BatchGetImage on resource: x'), 'denied', false],
    [403, errors('DENIED', 'Your authorization token has expired. Reauthenticate and try again.'), 'unauthorized', true],
    [400, errors('DENIED', 'Your Authorization Token is invalid.'), 'unauthorized', true],
    [403, errors('DENIED', 'Your Authorization Token is invalid.'), 'unauthorized', true],
    [404, errors('NAME_UNKNOWN', "The repository with name 'x' does not exist"), 'not-found', false],
    [404, errors('MANIFEST_UNKNOWN', 'Requested image not found'), 'not-found', false],
    [405, errors('UNSUPPORTED', "Invalid parameter at 'maxResults'"), 'unsupported', false],
    [429, errors('TOOMANYREQUESTS', 'Rate exceeded'), 'throttled', false],
    [400, errors('TOOMANYREQUESTS', 'Rate exceeded'), 'throttled', false],
    [500, '<html>', 'unreachable', false],
    [503, '', 'unreachable', false],
    [408, '', 'unreachable', false],
    [400, '{"errors":[]}', 'protocol', false],
    [302, '', 'protocol', false],
  ])('%i %s: %s', (status, body, code, tokenRefused) => {
    expect(errorOfAnswer(answer(status, body)).code).toBe(code);
    expect(saysTokenRefused(answer(status, body))).toBe(tokenRefused);
  });
});

test('an error carries what the user needs to follow it up', () => {
  const headers = { 'x-amzn-requestid': '0a1b-2c3d', 'retry-after': 'Thu, 01 Jan 2026 00:00:30 GMT' };
  const error = errorOfAnswer(answer(429, errors('TOOMANYREQUESTS', 'Rate exceeded'), { headers }));
  expect({ ...Object.fromEntries(Object.entries(error)), message: error.message }).toEqual({
    name: 'OciError',
    code: 'throttled',
    message: `${host} limits the rate of requests and did not give manifest web:1 (429 TOOMANYREQUESTS)`,
    retryable: true,
    status: 429,
    host,
    upstreamCode: 'TOOMANYREQUESTS',
    upstreamMessage: 'Rate exceeded',
    requestId: '0a1b-2c3d',
    retryAfterMs: 30_000,
  });
});

test('the words of another host than the registry are not repeated, nor taken for a refused token', () => {
  const elsewhere = answer(403, errors('DENIED', 'Your authorization token has expired.'), { fromRegistry: false });
  expect(errorOfAnswer(elsewhere)).toMatchObject({ code: 'denied', upstreamCode: undefined, upstreamMessage: undefined });
});

test.each([
  ['see https://bucket.s3.amazonaws.com/x?X-Amz-Signature=secret for more', 'see https://bucket.s3.amazonaws.com/x for more'],
  ['header Authorization: Bearer abc.def-ghi refused', 'header Authorization: Bearer [redacted] refused'],
  [`token ${'QUJD'.repeat(40)} refused`, 'token [redacted] refused'],
  [`manifest sha256:${'ab'.repeat(32)} unknown`, `manifest sha256:${'ab'.repeat(32)} unknown`],
  ['line\u0000break\r\nhere', 'line break here'],
])('%j is shown as %j', (message, shown) => {
  expect(errorOfAnswer(answer(403, errors('DENIED', message))).upstreamMessage).toBe(shown);
});

import { OciError, type OciErrorCode } from '@esscm/oci-client';
import { RegistryError } from '@esscm/registry-core';
import { SbomError } from '@esscm/sbom';
import { ScanEngineError } from '@esscm/scan-engine';
import { describe, expect, test } from 'vitest';
import { scanFailure } from './scan-failure.js';

describe('what users read about a failure of the pull', () => {
  const rows: readonly (readonly [OciErrorCode, string, string, boolean])[] = [
    ['unauthorized', 'invalid-credentials', 'Credentials verification failed', false],
    ['denied', 'access-denied', 'Access denied', false],
    ['not-found', 'not-found', 'Repository not found', false],
    ['throttled', 'throttled', 'The registry is limiting requests', true],
    ['unreachable', 'unreachable', 'The registry cannot be reached', true],
    ['blocked', 'blocked', 'The address is not allowed', false],
    ['integrity', 'integrity', 'The image is damaged', false],
    ['protocol', 'protocol', 'Unexpected answer from the registry', false],
    ['unsupported', 'unsupported', 'The image cannot be scanned', false],
    ['limit', 'limit', 'The image is too large', false],
    ['cancelled', 'cancelled', 'The scan was interrupted', false],
  ];
  test.each(rows)('%s is %s: %s', (code, expectedCode, heading, retryable) => {
    const failure = scanFailure(new OciError({ code, message: 'Exactly this.' }));
    expect(failure).toEqual({ code: expectedCode, heading, message: 'Exactly this.', remedy: expect.stringMatching(/\.$/), retryable });
  });
});

test('the words of a plugin win over those of the pull around them', () => {
  const cause = new RegistryError({
    kind: 'access-denied',
    heading: 'Access denied',
    message: 'ecr:BatchGetImage is not allowed.',
    remedySnippet: '{}',
    upstream: { code: 'AccessDeniedException', message: 'not authorized', requestId: 'r-1' },
  });
  const around = new OciError({ code: 'unauthorized', message: 'No credential.', cause });
  expect(scanFailure(around)).toEqual({
    code: 'access-denied',
    heading: 'Access denied',
    message: 'ecr:BatchGetImage is not allowed.',
    remedySnippet: '{}',
    upstreamCode: 'AccessDeniedException',
    upstreamMessage: 'not authorized',
    requestId: 'r-1',
    retryable: false,
  });
});

test('damaged layers and ended threads have their own words', () => {
  expect(scanFailure(new SbomError({ code: 'corrupt-layer', message: 'Cut short.', remedy: 'Push again.' }))).toEqual({
    code: 'corrupt-layer',
    heading: 'The image is damaged',
    message: 'Cut short.',
    remedy: 'Push again.',
    retryable: false,
  });
  expect(scanFailure(new ScanEngineError('reader-ended', 'The thread ended.'))).toMatchObject({ code: 'reader-ended', retryable: true });
  expect(scanFailure(new ScanEngineError('reader-stuck', 'No headway.'))).toMatchObject({ code: 'reader-stuck', retryable: false });
});

test('an error nobody foresaw is not quoted', () => {
  const failure = scanFailure(new TypeError('password=hunter2'));
  expect(failure).toMatchObject({ code: 'internal', heading: 'The scan failed', retryable: true });
  expect(JSON.stringify(failure)).not.toContain('hunter2');
});

test('what an upstream says is cut to what a page can show', () => {
  const failure = scanFailure(new OciError({ code: 'denied', message: 'x'.repeat(100_000), upstreamMessage: 'y'.repeat(100_000) }));
  expect([failure.message.length, failure.upstreamMessage?.length]).toEqual([4000, 4000]);
});

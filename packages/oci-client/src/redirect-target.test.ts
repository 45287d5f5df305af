import { describe, expect, test } from 'vitest';
import { redirectTarget } from './redirect-target.js';

const registry = new URL('https://123456789012.dkr.ecr.eu-central-1.amazonaws.com/v2/web/blobs/x');

test.each([
  ['https://bucket.s3.eu-central-1.amazonaws.com/x?X-Amz-Signature=s', 'https://bucket.s3.eu-central-1.amazonaws.com/x?X-Amz-Signature=s'],
  ['/elsewhere', 'https://123456789012.dkr.ecr.eu-central-1.amazonaws.com/elsewhere'],
  ['//storage.example/x', 'https://storage.example/x'],
  ['https://user:password@storage.example/x#part', 'https://storage.example/x'],
])('a redirect to %s leads to %s', (location, target) => {
  expect(redirectTarget(registry, location, { plainHttp: false }).href).toBe(target);
});

describe('a redirect is not followed', () => {
  test.each([
    ['http://bucket.s3.amazonaws.com/x', 'blocked'],
    ['http://123456789012.dkr.ecr.eu-central-1.amazonaws.com/x', 'blocked'],
    ['ftp://storage.example/x', 'protocol'],
    ['javascript:x', 'protocol'],
    ['https://', 'protocol'],
  ])('to %s', (location, code) => {
    expect(() => redirectTarget(registry, location, { plainHttp: false })).toThrow(expect.objectContaining({ code }));
  });
});

test('http is followed where the registry itself is spoken to by http', () => {
  const target = redirectTarget(new URL('http://127.0.0.1:5000/v2/'), 'http://127.0.0.1:5001/x', { plainHttp: true });
  expect(target.href).toBe('http://127.0.0.1:5001/x');
});

import { expect, test } from 'vitest';
import { canonicalRequest, computeSignature } from './signature-v4.js';

const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const TIMESTAMP = '20150830T123600Z';

// Requests and signatures of AWS's published Signature Version 4 test suite, and the worked example of the IAM User Guide (ListUsers).
test.each([
  ['get-vanilla', 'GET', '/', 'service', '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
  ['post-vanilla', 'POST', '/', 'service', '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b'],
  ['get-vanilla-query-order-key-case', 'GET', '/?Param2=value2&Param1=value1', 'service', 'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500'],
])('%s', (_name, method, target, service, expected) => {
  const headers = new Map([['host', 'example.amazonaws.com'], ['x-amz-date', TIMESTAMP]]);
  const canonical = canonicalRequest({ method, target, headers, body: new Uint8Array() }, ['host', 'x-amz-date']);
  const scope = { date: '20150830', region: 'us-east-1', service, terminator: 'aws4_request' };
  expect(computeSignature(SECRET, scope, TIMESTAMP, canonical)).toBe(expected);
});

test('the worked example of the IAM User Guide', () => {
  const headers = new Map([
    ['content-type', 'application/x-www-form-urlencoded; charset=utf-8'],
    ['host', 'iam.amazonaws.com'],
    ['x-amz-date', TIMESTAMP],
  ]);
  const canonical = canonicalRequest({ method: 'GET', target: '/?Action=ListUsers&Version=2010-05-08', headers, body: new Uint8Array() }, [...headers.keys()]);
  const scope = { date: '20150830', region: 'us-east-1', service: 'iam', terminator: 'aws4_request' };
  expect(computeSignature(SECRET, scope, TIMESTAMP, canonical)).toBe('5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7');
});

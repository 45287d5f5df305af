import { expect, test } from 'vitest';
import { payloadOf, payloadTypeOf } from './attached-payload.js';

test.each([
  ['application/json', 'application/json'],
  ['application/vnd.in-toto+json', 'application/json'],
  ['application/vnd.dsse.envelope.v1+json', 'application/json'],
  ['application/vnd.dev.sigstore.bundle.v0.3+json', 'application/json'],
  ['application/spdx+json; version=2.3', 'application/json'],
  ['text/spdx', 'text/plain; charset=utf-8'],
  ['Text/Plain', 'text/plain; charset=utf-8'],
  ['text/html', undefined],
  ['text/html+json.html', undefined],
  ['image/svg+xml', undefined],
  ['application/vnd.cyclonedx+xml', undefined],
  ['application/vnd.oci.image.layer.v1.tar+gzip', undefined],
  ['', undefined],
])('%s is given out as %s', (mediaType, expected) => {
  expect(payloadTypeOf({ mediaType, sizeBytes: 10 })).toBe(expected);
});

test('more than 32 MiB are not given out', () => {
  expect([33_554_432, 33_554_433].map((sizeBytes) => payloadTypeOf({ mediaType: 'application/json', sizeBytes }))).toEqual(['application/json', undefined]);
});

const statement = '{"_type":"https://in-toto.io/Statement/v1"}';
const envelope = { payloadType: 'application/vnd.in-toto+json', payload: Buffer.from(statement).toString('base64'), signatures: [] };

test.each([
  ['an envelope', 'application/vnd.dsse.envelope.v1+json', JSON.stringify(envelope), statement],
  ['a bundle', 'application/vnd.dev.sigstore.bundle.v0.3+json', JSON.stringify({ dsseEnvelope: envelope }), statement],
  ['an envelope of something else', 'application/vnd.dsse.envelope.v1+json', '{"payloadType":"text/html","payload":"PGI+"}', '{"payloadType":"text/html","payload":"PGI+"}'],
  ['no envelope in spite of its type', 'application/vnd.dsse.envelope.v1+json', '{', '{'],
  ['a bare statement', 'application/vnd.in-toto+json', statement, statement],
])('what is read of %s', (_what, mediaType, stored, expected) => {
  expect(payloadOf(mediaType, Buffer.from(stored)).toString()).toBe(expected);
});

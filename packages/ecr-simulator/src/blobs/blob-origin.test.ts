import { afterAll, beforeAll, expect, test } from 'vitest';
import { digestOf } from '../content/stored-manifest.js';
import { outcome, startTestSimulator, type TestSimulator } from '../testing/test-simulator.js';

const clock = { offsetMs: 0 };
let running: TestSimulator;
let link: string;
let layer: string;
let whole: Buffer;

const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

beforeAll(async () => {
  running = await startTestSimulator({ blobLinkLifeSeconds: 600, clock: { now: () => new Date(Date.now() + clock.offsetMs) } });
  layer = running.images[0]?.layerDigests[0] ?? '';
  const answer = await running.raw(`/v2/team/app/blobs/${layer}`, { headers: { authorization: await running.authorization() } });
  link = String(answer.headers['location']);
  whole = await bytesOf(await fetch(link));
});

afterAll(async () => {
  await running[Symbol.asyncDispose]();
});

test('the link leads to the bytes', () => {
  expect(digestOf(whole)).toBe(layer);
});

test.each([
  ['bytes=0-9', 206, [0, 10], 'bytes 0-9/'],
  ['bytes=100-', 206, [100], 'bytes 100-'],
  ['bytes=-5', 206, [-5], undefined],
  ['bytes=0-99999999', 206, [0], 'bytes 0-'],
  ['bytes=9-0', 200, [0], undefined],
  ['items=0-9', 200, [0], undefined],
])('Range %s is answered %i', async (range, status, [start, end], contentRange) => {
  const response = await fetch(link, { headers: { range } });
  expect(response.status).toBe(status);
  expect(await bytesOf(response)).toEqual(whole.subarray(start, end));
  expect(response.headers.get('content-range') ?? '').toContain(contentRange ?? '');
});

test('a range behind the end is 416 and names the size', async () => {
  const response = await fetch(link, { headers: { range: `bytes=${whole.length}-` } });
  expect([response.status, response.headers.get('content-range')]).toEqual([416, `bytes */${whole.length}`]);
});

test('If-Range with another ETag starts from zero', async () => {
  const etag = (await fetch(link, { headers: { range: 'bytes=0-0' } })).headers.get('etag') ?? '';
  const statuses = await Promise.all([etag, '"other"'].map(async (ifRange) => (await fetch(link, { headers: { range: 'bytes=1-', 'if-range': ifRange } })).status));
  expect(statuses).toEqual([206, 200]);
});

test('a registry credential is refused', async () => {
  const response = await fetch(link, { headers: { authorization: 'Basic QVdTOng=' } });
  expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('<Code>InvalidArgument</Code><Message>Only one auth mechanism allowed')]);
});

test('a link expires, and holds for its blob only', async () => {
  const text = async (target: string) => {
    const response = await fetch(target);
    return [response.status, /<Message>([^<]*)/.exec(await response.text())?.[1]];
  };
  expect((await text(link.replace(/sha256\/.{4}/, 'sha256/0000')))[0]).toBe(403);
  expect((await text(link.replace('X-Amz-Expires=600', 'X-Amz-Expires=60000')))[0]).toBe(403);
  clock.offsetMs = 601_000;
  try {
    expect(await text(link)).toEqual([403, 'Request has expired']);
  } finally {
    clock.offsetMs = 0;
  }
});

test('a cut, a wrong length and a changed byte show, once each', async () => {
  const { simulator } = running;
  simulator.setFault({ operation: 'blobs:get', behaviour: { kind: 'cut', afterBytes: 100 }, times: 1 });
  expect(await outcome(fetch(link).then(bytesOf))).toMatch(/^TypeError: terminated/);
  simulator.setFault({ operation: 'blobs:get', behaviour: { kind: 'wrong-length' }, times: 1 });
  expect(await outcome(fetch(link).then(bytesOf))).toMatch(/^TypeError: terminated/);
  simulator.setFault({ operation: 'blobs:get', behaviour: { kind: 'corrupt' }, times: 1 });
  const corrupt = await bytesOf(await fetch(link));
  expect([corrupt.length, corrupt.equals(whole)]).toEqual([whole.length, false]);
  expect(await bytesOf(await fetch(link))).toEqual(whole);
});

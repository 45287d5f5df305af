import { BatchGetImageCommand, DescribeRepositoriesCommand, ECRClient, ListImagesCommand } from '@aws-sdk/client-ecr';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { FaultPlan, IMAGE_FAILURE_CODES } from './faults.js';
import { outcome, READER, startTestSimulator, type TestSimulator } from './testing/test-simulator.js';

let running: TestSimulator;

beforeAll(async () => {
  running = await startTestSimulator();
});

beforeEach(() => running.simulator.clearFault());

afterAll(async () => {
  await running[Symbol.asyncDispose]();
});

const describe = () => outcome(running.ecr().send(new DescribeRepositoriesCommand({})));

test('throttling and server errors have the names that clients retry by', async () => {
  running.simulator.setFault({ operation: 'ecr:DescribeRepositories', behaviour: { kind: 'throttle' } });
  expect(await describe()).toBe('ThrottlingException: Rate exceeded');
  running.simulator.setFault({ operation: 'ecr:DescribeRepositories', behaviour: { kind: 'server-error' } });
  expect(await describe()).toBe('ServerException: Internal server error');
  expect(await outcome(running.ecr().send(new ListImagesCommand({ repositoryName: 'team/app' })))).toBe('ok');
});

test('a fault may strike a number of times: the SDK gets through on its third attempt', async () => {
  running.simulator.setFault({ operation: 'ecr:*', behaviour: { kind: 'server-error' }, times: 2 });
  const patient = new ECRClient({ endpoint: running.simulator.apiEndpoint, region: 'us-east-1', credentials: READER, maxAttempts: 3 });
  const before = running.simulator.requests.length;
  expect(await outcome(patient.send(new DescribeRepositoriesCommand({})))).toBe('ok');
  expect(running.simulator.requests.slice(before).map((request) => request.status)).toEqual([500, 500, 200]);
  patient.destroy();
});

test.each(IMAGE_FAILURE_CODES)('%s is a failure of each image in a call that succeeds, and leaves other failures as they are', async (failureCode) => {
  running.simulator.setFault({ operation: 'ecr:BatchGetImage', behaviour: { kind: 'image-failure', failureCode }, times: 1 });
  const call = async () => running.ecr().send(new BatchGetImageCommand({ repositoryName: 'team/app', imageIds: [{ imageTag: '1.0' }, { imageTag: 'none' }] }));
  const { images, failures } = await call();
  expect([images, failures?.map((failure) => [failure.imageId?.imageTag, failure.failureCode])]).toEqual([[], [['1.0', failureCode], ['none', 'ImageNotFound']]]);
  expect((await call()).images).toHaveLength(1);
});

test('a web page in place of an answer', async () => {
  running.simulator.setFault({ operation: '*', behaviour: { kind: 'html-page' } });
  expect((await running.raw('/v2/')).status).toBe(502);
  running.simulator.setFault({ operation: '*', behaviour: { kind: 'html-page', status: 200 } });
  const answer = await running.raw('/v2/');
  expect([answer.status, answer.headers['content-type'], answer.body.startsWith('<html>')]).toEqual([200, 'text/html', true]);
});

test('the registry is throttled with 429, with and without Retry-After', async () => {
  running.simulator.setFault({ operation: 'registry:base', behaviour: { kind: 'throttle', retryAfterSeconds: 3 }, times: 1 });
  const [first] = [await running.raw('/v2/')];
  running.simulator.setFault({ operation: 'registry:base', behaviour: { kind: 'throttle' }, times: 1 });
  const second = await running.raw('/v2/');
  expect([first?.status, first?.headers['retry-after'], second.status, second.headers['retry-after']]).toEqual([429, '3', 429, undefined]);
  expect(JSON.parse(second.body)).toEqual({ errors: [{ code: 'TOOMANYREQUESTS', message: 'Rate exceeded' }] });
});

test('a dropped connection, and one without an answer', async () => {
  running.simulator.setFault({ operation: 'registry:base', behaviour: { kind: 'reset' }, times: 1 });
  expect(await outcome(running.raw('/v2/'))).toMatch(/socket hang up|ECONNRESET/);
  running.simulator.setFault({ operation: 'registry:base', behaviour: { kind: 'hang' }, times: 1 });
  const abort = new AbortController();
  const hanging = outcome(fetch(`${running.simulator.registryOrigin}/v2/`, { signal: abort.signal }));
  while (!running.simulator.requests.some((request) => request.status === 0 && request.operation === 'registry:base')) await new Promise(setImmediate);
  abort.abort();
  expect(await hanging).toMatch(/^AbortError/);
});

test('a rate limit is a bucket that refills with the clock', () => {
  const plan = new FaultPlan([], { 'public:*': { burst: 2, perSecond: 1 } });
  const at = (seconds: number) => plan.next('public:manifest', new Date(seconds * 1_000))?.kind;
  expect([at(0), at(0), at(0), at(0.5), at(1.5), at(1.6), at(10), at(10), at(10)]).toEqual([
    undefined, undefined, 'throttle', 'throttle', undefined, 'throttle', undefined, undefined, 'throttle',
  ]);
  expect(plan.next('registry:manifest', new Date(0))).toBeUndefined();
});

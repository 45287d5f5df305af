import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadSimulatorConfiguration } from './configuration.js';
import { SimulatorError } from './errors.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ecr-simulator-configuration-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function load(content: unknown) {
  const file = join(folder, 'simulator.json');
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return loadSimulatorConfiguration(file);
}

const user = { name: 'reader', accessKeyId: 'AKIAEXAMPLEREADER000', secretAccessKey: 'the secret', policies: [] };

test('dates become dates and folders are relative to the file', async () => {
  const repositories = [{ name: 'app', visibility: 'private', images: [{ layout: 'images/app', tags: ['1'], pushedAt: '2026-01-01T00:00:00Z' }] }];
  expect(await load({ port: 5100, users: [user], repositories })).toEqual({
    port: 5100,
    users: [user],
    repositories: [{ name: 'app', visibility: 'private', images: [{ layout: join(folder, 'images/app'), tags: ['1'], pushedAt: new Date('2026-01-01T00:00:00Z') }] }],
  });
});

test.each([
  ['text that is not JSON', '{"secretAccessKey": "the secret"', 'cannot be read as JSON'],
  ['an unknown field', { users: [user], repositories: [], hosts: [] }, 'has unusable fields: (root)'],
  ['a secret that is no text', { users: [{ ...user, secretAccessKey: ['the secret'] }], repositories: [] }, 'has unusable fields: users.0.secretAccessKey'],
  ['a failure code that BatchGetImage does not have', { users: [user], repositories: [], faults: [{ operation: 'ecr:BatchGetImage', behaviour: { kind: 'image-failure', failureCode: 'the secret' } }] }, 'has unusable fields: faults.0.behaviour.failureCode'],
  ['a condition that is not understood', { users: [{ ...user, policies: [{ Statement: { Effect: 'Allow', Action: '*', Resource: '*', Condition: { IpAddress: {} } } }] }], repositories: [] }, 'has unusable fields: users.0.policies.0.Statement'],
])('%s is refused without quoting it', async (_title, content, message) => {
  const error: unknown = await load(content).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(SimulatorError);
  expect(String(error)).toContain(message);
  expect(String(error)).not.toContain('the secret');
});

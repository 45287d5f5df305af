import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { AssumedRole } from './assumed-role.js';
import { StsApi } from './sts-api.js';

test('a role that is being assumed when the connection closes is waited for no longer, and no longer asked for', async () => {
  const sts = createServer();
  onTestFinished(() => void sts.close());
  await once(sts.listen(0, '127.0.0.1'), 'listening');
  const asked = once(sts, 'request');
  const closed = new AbortController();
  const role = new AssumedRole({
    base: { provide: async () => ({ accessKeyId: 'AKIAWTN4Q7ZEXAMPLE3K', secretAccessKey: 'secret' }) },
    roleArn: 'arn:aws:iam::123456789012:role/reader',
    externalId: 'esscm-0123456789abcdef0123456789abcdef',
    sts: new StsApi('us-east-1', `http://127.0.0.1:${(sts.address() as AddressInfo).port}`),
    clock: { now: () => new Date() },
    closed: closed.signal,
  });

  const credentials = role.provide();
  const [, response] = await asked;
  const ended = once(response, 'close');
  closed.abort('the connection was disposed');

  await expect(credentials).rejects.toBe('the connection was disposed');
  await ended;
});

import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { explainListening } from './explain-listening.js';

/** What Node itself reports for an address. */
async function failureOf(host: string, port: number): Promise<unknown> {
  const server = createServer().listen(port, host);
  try {
    await once(server, 'listening');
    return undefined;
  } catch (error) {
    return error;
  } finally {
    server.close();
  }
}

test('a port in use is named, with another one to try', async () => {
  await using other = createServer();
  await once(other.listen(0, '127.0.0.1'), 'listening');
  const address = other.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  expect(explainListening(await failureOf('127.0.0.1', port), { host: '127.0.0.1', port })).toMatchObject({
    message: `Port ${port} of 127.0.0.1 is in use by another program, perhaps ESSCM itself.`,
    remedy: `End the other program, or choose another port: PORT=${port + 1} npm start`,
  });
});

test('an address of another machine is named', async () => {
  expect(explainListening(await failureOf('192.0.2.1', 4000), { host: '192.0.2.1', port: 4000 })).toMatchObject({
    message: '192.0.2.1 is no address of this machine.',
  });
});

test('anything else stays as it is', () => {
  const error = new Error('something else');
  expect(explainListening(error, { host: '127.0.0.1', port: 4000 })).toBe(error);
});

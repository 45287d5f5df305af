import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { fetchChangedDocument, fetchDocument } from './fetch-document.js';
import { createDialPolicy } from './guarded-dialer.js';

const signal = new AbortController().signal;

async function fetched(path: string, limitBytes = 100): Promise<string> {
  const answers: Readonly<Record<string, (response: ServerResponse, request: IncomingMessage) => void>> = {
    '/document': (response) => response.end('{}'),
    '/moved': (response) => response.writeHead(302, { location: '/document' }).end(),
    '/metadata': (response) => response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end(),
    '/circle': (response) => response.writeHead(302, { location: '/circle' }).end(),
    '/file': (response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
    '/cut': (response) => {
      response.writeHead(200, { 'content-length': 50 }).write('{');
      setImmediate(() => response.destroy());
    },
  };
  await using server = createServer((request, response) => {
    const answer = answers[request.url ?? ''];
    if (answer === undefined) response.writeHead(404).end();
    else answer(response, request);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const bytes = await fetchDocument(`http://127.0.0.1:${port}${path}`, { dialer: createDialPolicy({ allowLoopback: true }), limitBytes, signal });
  return bytes.toString('utf8');
}

test.each(['/document', '/moved'])('%s is read', async (path) => {
  expect(await fetched(path)).toBe('{}');
});

describe('refused is', () => {
  test.each([
    ['what is not there', '/missing', 'not-found'],
    ['a redirect to the metadata service', '/metadata', 'blocked'],
    ['a redirect in circles', '/circle', 'protocol'],
    ['a redirect to a file', '/file', 'protocol'],
    ['what is cut off', '/cut', 'unreachable'],
  ])('%s', async (_what, path, code) => {
    await expect(fetched(path)).rejects.toMatchObject({ name: 'OciError', code });
  });

  test('what is longer than allowed', async () => {
    await expect(fetched('/document', 1)).rejects.toMatchObject({ code: 'limit' });
  });

  test.each(['http://vex.example/a.json', 'file:///etc/passwd', 'vex.json'])('%s, which is no protected address', async (address) => {
    await expect(fetchDocument(address, { dialer: createDialPolicy(), limitBytes: 100, signal })).rejects.toMatchObject({ code: 'protocol' });
  });

  test('this machine, unless the policy allows it', async () => {
    await expect(fetchDocument('http://127.0.0.1:1/a.json', { dialer: createDialPolicy(), limitBytes: 100, signal })).rejects.toMatchObject({ code: 'blocked' });
  });
});

test('a document that is still the same is not sent again', async () => {
  const asked: unknown[] = [];
  await using server = createServer((request, response) => {
    const { 'if-none-match': entityTag, 'if-modified-since': since } = request.headers;
    asked.push([entityTag, since]);
    if (entityTag === '"a"') response.writeHead(304).end();
    else response.writeHead(200, { etag: '"a"', 'last-modified': 'Sun, 22 Nov 2026 06:00:00 GMT' }).end('{}');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : undefined}/document`;
  const options = { dialer: createDialPolicy({ allowLoopback: true }), limitBytes: 100, signal };
  const first = await fetchChangedDocument(url, {}, options);
  expect(first).toEqual({ bytes: Buffer.from('{}'), validators: { entityTag: '"a"', lastModified: 'Sun, 22 Nov 2026 06:00:00 GMT' } });
  expect(await fetchChangedDocument(url, first?.validators ?? {}, options)).toBeUndefined();
  expect(asked).toEqual([[undefined, undefined], ['"a"', 'Sun, 22 Nov 2026 06:00:00 GMT']]);
});

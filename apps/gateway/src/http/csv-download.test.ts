import { once } from 'node:events';
import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { expect, test } from 'vitest';
import { sendTable } from './csv-download.js';

const line = `${'x'.repeat(1000)}\r\n`;

test('a reader who goes away half way ends the reading, and a list without end takes no memory', async () => {
  let pagesRead = 0;
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  const app = express().get('/', async (_request, response) => {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    response.locals['context'] = { signal: gone.signal };
    const read = async () => {
      pagesRead += 1;
      return { items: [1], nextCursor: String(pagesRead) };
    };
    await sendTable(response, 'rows.csv', ['row'], read, async () => Array.from({ length: 100 }, () => line));
    end();
  });
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const request = get({ host: '127.0.0.1', port });
  const [answer] = await once(request, 'response');
  await once(answer, 'data');
  answer.destroy();
  await ended;
  const pagesAtEnd = pagesRead;
  expect(pagesAtEnd).toBeLessThan(1000);
  server.close();
  await once(server, 'close');
  expect(pagesRead).toBe(pagesAtEnd);
});

test('a reader who is gone before the first line costs one page', async () => {
  let pagesRead = 0;
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  const app = express().get('/', async (_request, response) => {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    response.locals['context'] = { signal: gone.signal };
    const read = async () => {
      pagesRead += 1;
      return { items: [1], nextCursor: 'more' };
    };
    await sendTable(response, 'rows.csv', ['row'], read, async () => {
      if (!gone.signal.aborted) await once(response, 'close');
      return [line];
    });
    end();
  });
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const request = get({ host: '127.0.0.1', port });
  const [answer] = await once(request, 'response');
  answer.destroy();
  await ended;
  expect(pagesRead).toBe(1);
  server.close();
  await once(server, 'close');
});

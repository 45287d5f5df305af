import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Response } from 'express';
import { expect, test } from 'vitest';
import { sendTable } from './csv-download.js';

const line = `${'x'.repeat(1000)}\r\n`;

/** A table without end that is asked for by one reader, who may go away. */
async function readTable(linesOf: (response: Response, gone: AbortSignal) => Promise<readonly string[]>) {
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
    await sendTable(response, 'rows.csv', ['row'], read, () => linesOf(response, gone.signal));
    end();
  });
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const request = get({ host: '127.0.0.1', port });
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  const close = async () => {
    server.close();
    await once(server, 'close');
  };
  return { answer, ended, close, pagesRead: () => pagesRead };
}

test('a reader who goes away half way ends the reading, and a list without end takes no memory', async () => {
  const { answer, ended, close, pagesRead } = await readTable(async () => Array.from({ length: 100 }, () => line));
  await once(answer, 'data');
  answer.destroy();
  await ended;
  const pagesAtEnd = pagesRead();
  expect(pagesAtEnd).toBeLessThan(1000);
  await close();
  expect(pagesRead()).toBe(pagesAtEnd);
});

test('a reader who is gone before the first line costs one page', async () => {
  const { answer, ended, close, pagesRead } = await readTable(async (response, gone) => {
    if (!gone.aborted) await once(response, 'close');
    return [line];
  });
  answer.destroy();
  await ended;
  expect(pagesRead()).toBe(1);
  await close();
});

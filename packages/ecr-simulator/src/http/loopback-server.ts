import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { BodyTooLarge, type IncomingRequest, type OutgoingAnswer, readRequest } from './exchange.js';

const MAX_CONNECTIONS = 2_000;

/** Answers a request, or `hang` to keep the connection open until the client or {@link LoopbackServer} ends it, or `reset` to drop it. */
export type Answerer = (request: IncomingRequest, requestId: string) => Promise<OutgoingAnswer | 'hang' | 'reset'>;

/** What was sent, for the log; status 0 when nothing was. */
export type AnswerListener = (request: IncomingRequest, requestId: string, status: number) => void;

/** An HTTP/1.1 server on 127.0.0.1 and nowhere else. */
export class LoopbackServer implements AsyncDisposable {
  readonly #server: Server;
  readonly #now: () => Date;

  private constructor(server: Server, now: () => Date) {
    this.#server = server;
    this.#now = now;
  }

  /** Port 0 takes any free one. */
  static async listen(port: number, now: () => Date, answer: Answerer, answered: AnswerListener): Promise<LoopbackServer> {
    const server = createServer({ maxHeaderSize: 64 * 1024, requestTimeout: 300_000, headersTimeout: 30_000 });
    server.maxConnections = MAX_CONNECTIONS;
    const loopback = new LoopbackServer(server, now);
    server.on('request', (message, response) => void loopback.#exchange(message, response, answer, answered));
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return loopback;
  }

  /** `http://127.0.0.1:port` */
  get origin(): string {
    const address = this.#server.address();
    return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  }

  /** Ends every connection, also those in use. Safe to call twice. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #exchange(message: IncomingMessage, response: ServerResponse, answer: Answerer, answered: AnswerListener): Promise<void> {
    const request = readRequest(message);
    const requestId = randomUUID();
    // A client that goes away mid-answer is its own affair.
    response.on('error', () => message.destroy());
    let result: OutgoingAnswer | 'hang' | 'reset';
    try {
      result = await answer(request, requestId);
    } catch (error) {
      result =
        error instanceof BodyTooLarge
          ? { status: 413, headers: { Connection: 'close' }, body: 'Request Entity Too Large' }
          : { status: 500, headers: {}, body: 'Internal Server Error' };
    }
    answered(request, requestId, typeof result === 'string' ? 0 : result.status);
    if (result === 'hang') return;
    if (result === 'reset') {
      message.socket.destroy();
      return;
    }
    await this.#write(message, response, result, requestId);
  }

  async #write(message: IncomingMessage, response: ServerResponse, answer: OutgoingAnswer, requestId: string): Promise<void> {
    response.sendDate = false;
    response.setHeader('Date', this.#now().toUTCString());
    response.setHeader('x-amzn-RequestId', requestId);
    for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
    response.statusCode = answer.status;
    const { body } = answer;
    if (!(body instanceof Readable)) {
      const bytes = typeof body === 'string' ? Buffer.from(body) : (body ?? Buffer.alloc(0));
      if (!response.hasHeader('Content-Length') && answer.status !== 204) response.setHeader('Content-Length', bytes.length);
      response.end(message.method === 'HEAD' ? undefined : bytes);
      // Whatever was not read of the request is read and dropped, so that the connection can be used again.
      message.resume();
      return;
    }
    let sent = 0;
    const limit = answer.cutAfterBytes ?? Number.POSITIVE_INFINITY;
    try {
      response.flushHeaders();
      for await (const chunk of body) {
        const bytes = Buffer.isBuffer(chunk) ? chunk.subarray(0, limit - sent) : Buffer.alloc(0);
        sent += bytes.length;
        if (response.destroyed) return;
        if (!response.write(bytes)) await takesMore(response);
        if (sent >= limit) break;
      }
      if (answer.cutAfterBytes === undefined) response.end();
      else response.write('', () => message.socket.destroySoon());
    } catch {
      message.socket.destroy();
    } finally {
      body.destroy();
    }
  }
}

/** Waits until a full response can take more, or is gone. */
async function takesMore(response: ServerResponse): Promise<void> {
  const settled = new AbortController();
  try {
    await Promise.race(['drain', 'close'].map((event) => once(response, event, { signal: settled.signal })));
  } finally {
    // Otherwise the listener for the event that did not happen would stay.
    settled.abort();
  }
}

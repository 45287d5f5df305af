import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { z } from 'zod';

/** How to answer a call: an AWS error, a web page, or no answer at all. */
export type FakeAnswer =
  | { readonly json: object }
  | { readonly status: number; readonly code: string; readonly message: string }
  | { readonly status: number; readonly page: string }
  | 'drop';

export interface FakeCall {
  /** `DescribeImages`, `GetCallerIdentity`, or `GET /v2/…` of the registry. */
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly authorization: string | undefined;
}

type Responder = (input: Readonly<Record<string, unknown>>, authorization: string | undefined) => FakeAnswer;

const inputSchema = z.record(z.string(), z.unknown());

/**
 * ECR's JSON API, STS and a registry on one loopback port. Checks no signature: it answers per operation, and remembers
 * every call. Error bodies have the forms of the AWS JSON 1.1 and Query protocols.
 */
export class FakeAws implements AsyncDisposable {
  readonly calls: FakeCall[] = [];
  readonly #server: Server;
  readonly #responders = new Map<string, Responder>();
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server) {
    this.#server = server;
    server.on('request', (request, response) => void this.#respond(request, response));
    server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
  }

  static async start(): Promise<FakeAws> {
    const server = createServer();
    const fake = new FakeAws(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return fake;
  }

  get origin(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  /** Answers an operation from now on; `*` every operation that has no answer of its own. */
  answer(operation: string, responder: FakeAnswer | Responder): void {
    this.#responders.set(operation, typeof responder === 'function' ? responder : () => responder);
  }

  /** Forgets every answer, so that only those set afterwards count. */
  forgetAnswers(): void {
    this.#responders.clear();
  }

  callsOf(operation: string): readonly FakeCall[] {
    return this.calls.filter((call) => call.operation === operation);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = (await buffer(request)).toString();
    const target = String(request.headers['x-amz-target'] ?? '').split('.')[1];
    const isSts = request.headers['content-type'] === 'application/x-www-form-urlencoded';
    const form = Object.fromEntries(new URLSearchParams(body));
    const operation = target ?? (isSts ? (form['Action'] ?? '') : `${request.method} ${request.url}`);
    const input = target === undefined ? form : inputSchema.parse(JSON.parse(body));
    this.calls.push({ operation, input, authorization: request.headers.authorization });

    const responder = this.#responders.get(operation) ?? this.#responders.get('*');
    const answer = responder?.(input, request.headers.authorization) ?? { status: 404, page: `no answer set for ${operation}` };
    if (answer === 'drop') {
      request.socket.destroy();
      return;
    }
    response.setHeader('x-amzn-requestid', `request-${this.calls.length}`);
    if ('page' in answer) write(response, answer.status, 'text/html', answer.page);
    else if (isSts) write(response, 'json' in answer ? 200 : answer.status, 'text/xml', stsDocument(operation, answer));
    else if ('json' in answer) write(response, 200, 'application/x-amz-json-1.1', JSON.stringify(answer.json));
    else {
      const error = JSON.stringify({ __type: `com.amazonaws.ecr#${answer.code}`, message: answer.message });
      write(response, answer.status, 'application/x-amz-json-1.1', error);
    }
  }
}

function write(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type }).end(body);
}

function stsDocument(operation: string, answer: Exclude<FakeAnswer, 'drop' | { readonly page: string }>): string {
  if (!('json' in answer)) {
    return `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${answer.code}</Code><Message>${answer.message}</Message></Error><RequestId>sts-1</RequestId></ErrorResponse>`;
  }
  return `<${operation}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${operation}Result>${elements(answer.json)}</${operation}Result><ResponseMetadata><RequestId>sts-1</RequestId></ResponseMetadata></${operation}Response>`;
}

function elements(value: object): string {
  return Object.entries(value)
    .map(([name, inner]: [string, unknown]) => `<${name}>${typeof inner === 'object' && inner !== null ? elements(inner) : String(inner)}</${name}>`)
    .join('');
}

import { randomInt } from 'node:crypto';
import { errorResponse, startupReply, type ServerError } from './backend-messages.js';
import { BatchBuilder } from './frontend-batch.js';
import { FrontendFrameReader, ProtocolViolation, type FrontendFrame } from './frontend-frames.js';
import type { SessionClient } from './session-client.js';
import type { SessionScheduler } from './session-scheduler.js';
import { settingsSql } from './session-statements.js';
import { readConnectionSettings, readStartupPacket } from './startup-packet.js';

/** Where a connection's bytes go: the client's end of the wire. */
export interface ConnectionOutput {
  send(bytes: Uint8Array): void;
  /** No more bytes follow. */
  end(): void;
}

/** A running engine as connections see it. */
export interface Session {
  readonly scheduler: SessionScheduler;
  readonly parameters: ReadonlyMap<string, string>;
}

/** What a connection needs from the server it is on. */
export interface ConnectionHost {
  readonly maximumMessageBytes: number;
  isInteractive(applicationName: string): boolean;
  /** The session, once the engine runs. Rejects with a FATAL error for the client when it will not. */
  session(): Promise<Session>;
  cancel(processId: number, secretKey: number): void;
  closed(connection: VirtualConnection): void;
}

const NO_ENCRYPTION = Buffer.from('N');
const TERMINATE = 0x58; // X

/** A failure that the server states to a client and ends the connection with. */
export class FatalServerError extends Error {
  override readonly name = 'FatalServerError';
  readonly response: ServerError;

  constructor(code: string, message: string, hint?: string) {
    super(message);
    this.response = { severity: 'FATAL', code, message, ...(hint === undefined ? {} : { hint }) };
  }
}

/** The server's end of one connection: start-up, then batches to the scheduler, until either side ends it. */
export class VirtualConnection implements SessionClient {
  readonly id: number;
  readonly secretKey = randomInt(1, 2 ** 31);
  name = 'unnamed';
  interactive = false;
  settingsSql = '';
  readonly #output: ConnectionOutput;
  readonly #host: ConnectionHost;
  readonly #reader: FrontendFrameReader;
  readonly #batches: BatchBuilder;
  #session: Session | undefined;
  #starting = false;
  #closed = false;

  constructor(id: number, output: ConnectionOutput, host: ConnectionHost) {
    this.id = id;
    this.#output = output;
    this.#host = host;
    this.#reader = new FrontendFrameReader(host.maximumMessageBytes);
    this.#batches = new BatchBuilder(`c${id}_`, host.maximumMessageBytes);
  }

  /** The start-up is done: the connection has been on an engine. */
  get started(): boolean {
    return this.#session !== undefined;
  }

  /** Takes bytes of the client; they must not change afterwards. */
  receive(chunk: Buffer): void {
    if (this.#closed) return;
    this.#reader.push(chunk);
    this.#process();
  }

  send(bytes: Uint8Array): void {
    if (!this.#closed) this.#output.send(bytes);
  }

  end(error: ServerError | Uint8Array): void {
    this.send(error instanceof Uint8Array ? error : errorResponse(error));
    this.close();
  }

  /** Ends the connection from either side; an open transaction is rolled back. Calling it again does nothing. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#output.end();
    this.#session?.scheduler.disconnect(this, this.#batches.preparedNames());
    this.#host.closed(this);
  }

  #process(): void {
    try {
      while (!this.#closed && !this.#starting) {
        const frame = this.#reader.next();
        if (frame === undefined) return;
        if (this.#session === undefined) this.#startup(frame);
        else this.#handle(this.#session, frame);
      }
    } catch (error) {
      if (!(error instanceof ProtocolViolation)) throw error;
      this.end({ severity: 'FATAL', code: '08P01', message: error.message });
    }
  }

  #startup(frame: FrontendFrame): void {
    const request = readStartupPacket(frame.body);
    switch (request.kind) {
      case 'encryption':
        this.send(NO_ENCRYPTION);
        return;
      case 'cancel':
        this.#host.cancel(request.processId, request.secretKey);
        this.close();
        return;
      case 'start':
        this.name = request.parameters.get('application_name') ?? 'unnamed';
        this.interactive = this.#host.isInteractive(this.name);
        this.settingsSql = settingsSql(readConnectionSettings(request.parameters));
        this.#reader.startupFinished();
        this.#starting = true;
        void this.#start();
        return;
      default:
        request satisfies never;
    }
  }

  async #start(): Promise<void> {
    try {
      const session = await this.#host.session();
      if (this.#closed) return;
      this.#session = session;
      const parameters = new Map([...session.parameters, ['application_name', this.name]]);
      this.send(startupReply(parameters, this.id, this.secretKey));
    } catch (error) {
      if (!(error instanceof FatalServerError)) throw error;
      this.end(error.response);
      return;
    } finally {
      this.#starting = false;
    }
    this.#process();
  }

  #handle(session: Session, frame: FrontendFrame): void {
    if (frame.type === TERMINATE) {
      this.close();
      return;
    }
    const batch = this.#batches.add(frame);
    if (batch !== undefined) session.scheduler.submit(this, batch);
  }
}

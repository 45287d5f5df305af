import type { ServerError } from './backend-messages.js';
import type { SessionLimits } from './session-limits.js';
import { VirtualConnection, type ConnectionHost, type ConnectionOutput, type FatalServerError, type Session } from './virtual-connection.js';

/** Accepts virtual connections and leads them to whichever engine is running. */
export class VirtualServer implements ConnectionHost {
  readonly maximumMessageBytes: number;
  readonly #isInteractive: (applicationName: string) => boolean;
  readonly #connections = new Map<number, VirtualConnection>();
  #nextId = 1;
  #session: Session | undefined;
  #refusal: FatalServerError | undefined;
  #waiting: { readonly resolve: (session: Session) => void; readonly reject: (error: FatalServerError) => void }[] = [];

  constructor(limits: SessionLimits, isInteractive: (applicationName: string) => boolean) {
    this.maximumMessageBytes = limits.maximumMessageBytes;
    this.#isInteractive = isInteractive;
  }

  get connections(): number {
    return this.#connections.size;
  }

  /** Opens a connection; it waits for its start-up packet. */
  connect(output: ConnectionOutput): VirtualConnection {
    const connection = new VirtualConnection(this.#nextId, output, this);
    this.#nextId += 1;
    this.#connections.set(connection.id, connection);
    return connection;
  }

  /** An engine runs: connections that waited for one go on. */
  start(session: Session): void {
    this.#session = session;
    for (const { resolve } of this.#waiting.splice(0)) resolve(session);
  }

  /**
   * The engine is gone: every connection past its start-up ends with `error`, except the one that `errorFor` answers otherwise.
   * New connections wait for `start`.
   */
  interrupt(errorFor: (connection: VirtualConnection) => ServerError): void {
    const session = this.#session;
    this.#session = undefined;
    session?.scheduler.stop();
    for (const connection of this.#connections.values()) if (connection.started) connection.end(errorFor(connection));
  }

  /** No engine will run any more: new and waiting connections fail with this. */
  refuse(error: FatalServerError): void {
    this.#refusal = error;
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }

  isInteractive(applicationName: string): boolean {
    return this.#isInteractive(applicationName);
  }

  session(): Promise<Session> {
    if (this.#refusal !== undefined) return Promise.reject(this.#refusal);
    if (this.#session !== undefined) return Promise.resolve(this.#session);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
    });
  }

  cancel(processId: number, secretKey: number): void {
    const connection = this.#connections.get(processId);
    if (connection?.secretKey === secretKey) this.#session?.scheduler.cancelWaiting(connection);
  }

  closed(connection: VirtualConnection): void {
    this.#connections.delete(connection.id);
  }
}

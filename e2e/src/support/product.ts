import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const command = fileURLToPath(new URL('../../../bin/esscm', import.meta.url));

/** The built product, served as a user would serve it, with a data folder of its own. */
export class Product {
  readonly origin: string;
  /** Everything it has printed so far. */
  output = '';
  readonly #environment: NodeJS.ProcessEnv;
  /** The data folder, there until this is disposed. */
  readonly folder: string;
  #process: ChildProcess | undefined;

  private constructor(port: number, folder: string, environment: NodeJS.ProcessEnv) {
    this.origin = `http://127.0.0.1:${port}`;
    this.folder = folder;
    this.#environment = { ...process.env, ...environment, PORT: String(port), ESSCM_DATA_DIR: folder };
  }

  /** Starts it on a free port and waits until it serves. */
  static async start(environment: NodeJS.ProcessEnv = {}): Promise<Product> {
    const product = await Product.#create(environment);
    await product.startAgain();
    return product;
  }

  /** The same, with the demonstration in its data folder: three connections, four hundred images. Takes about a minute, and for further files of one run a second. */
  static async startWithDemo(environment: NodeJS.ProcessEnv = {}): Promise<Product> {
    const product = await Product.#create({ ...environment, ESSCM_ADVISORY_UPDATES: 'off' });
    const kept = process.env['ESSCM_TEST_DEMO_FOLDER'];
    const made = kept === undefined ? product.folder : join(kept, 'data');
    if (kept === undefined || !existsSync(made)) await promisify(execFile)(command, ['seed-demo'], { env: { ...product.#environment, ESSCM_DATA_DIR: made } });
    if (kept !== undefined) await cp(made, product.folder, { recursive: true });
    await product.startAgain();
    return product;
  }

  static async #create(environment: NodeJS.ProcessEnv): Promise<Product> {
    return new Product(await freePort(), await mkdtemp(join(tmpdir(), 'esscm-e2e-')), environment);
  }

  /** Starts it on the same data folder and port. */
  async startAgain(): Promise<void> {
    const child = spawn(command, ['serve'], { env: this.#environment, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#process = child;
    child.stdout.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    for (const started = Date.now(); ; ) {
      if (child.exitCode !== null) throw new Error(`esscm serve ended with ${child.exitCode}:\n${this.output}`);
      if (await answers(`${this.origin}/healthz`)) return;
      // Long, as a machine under load is no fault of the product's.
      if (Date.now() - started > 300_000) throw new Error(`esscm serve did not answer within five minutes:\n${this.output}`);
      await wait(50);
    }
  }

  /** Ends it without a chance to tidy up. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Ends it and removes its data. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#end('SIGTERM');
    await rm(this.folder, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (child === undefined || child.exitCode !== null) return;
    const closed = once(child, 'close');
    child.kill(signal);
    await closed;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.');
  return address.port;
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

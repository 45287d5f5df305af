import type { ContractFault } from '../contract/contract.js';
import { RegistryError } from '../errors.js';
import type { RegistryErrorKind } from '../errors.js';
import type {
  ListOptions,
  PullAccess,
  PullAccessOptions,
  RegistryConfiguration,
  RegistryConnection,
  RegistryImage,
  RegistryRepository,
  VerifyOptions,
} from '../plugin.js';
import { Secret } from '../secret.js';
import type { PermissionCheck, VerificationReport } from '../verification.js';
import type { Flaw } from './flaw.js';
import { manifestDigest, MemoryFailure } from './memory-registry.js';
import type { MemoryRegistry } from './memory-registry.js';

const host = 'memory.example';

const kinds: Readonly<Record<ContractFault, RegistryErrorKind>> = {
  unauthorized: 'invalid-credentials',
  denied: 'access-denied',
  'not-found': 'not-found',
  throttled: 'throttled',
  'server-error': 'unreachable',
  'dropped-connection': 'unreachable',
};

/** The connection of the memory plugin, with the one flaw it was given. */
export class MemoryConnection implements RegistryConnection {
  readonly #registry: MemoryRegistry;
  readonly #configuration: RegistryConfiguration;
  readonly #clock: { now(): Date };
  readonly #flaw: Flaw | undefined;
  #access: PullAccess | undefined;
  #renewal: Promise<PullAccess> | undefined;
  #disposed = false;

  constructor(
    registry: MemoryRegistry,
    configuration: RegistryConfiguration,
    clock: { now(): Date },
    flaw: Flaw | undefined,
  ) {
    this.#registry = registry;
    this.#configuration = configuration;
    this.#clock = clock;
    this.#flaw = flaw;
  }

  async verify(options: VerifyOptions): Promise<VerificationReport> {
    const checks: PermissionCheck[] = [];
    const problems: VerificationReport['problems'][number][] = [];
    const actions = this.#flaw === 'skips a permission' ? ['memory:Read'] : ['memory:Identify', 'memory:Read'];
    for (const action of actions) {
      const required = action === 'memory:Read';
      try {
        await this.#call(() => this.#registry.identify());
        checks.push({ action, required, outcome: 'allowed' });
      } catch (error) {
        if (!(error instanceof RegistryError) || this.#flaw === 'throws from verify') throw error;
        checks.push({ action, required, outcome: 'denied-implicit' });
        problems.push({ heading: error.heading, message: error.message, actions: [action] });
      }
      if (this.#flaw !== 'tells the rows at the end') checks.slice(-1).forEach((check) => options.onCheck?.(check));
    }
    if (this.#flaw === 'tells the rows at the end') checks.forEach((check) => options.onCheck?.(check));
    const status = problems.length === 0 ? 'verified' : 'failed';
    return { status, checkedAt: this.#clock.now().toISOString(), checks, problems };
  }

  async *listRepositories(options: ListOptions): AsyncGenerator<readonly RegistryRepository[], void, undefined> {
    if (this.#flaw === 'invents a repository' && this.#registry.repositoryNames.length === 0) {
      yield [{ name: 'invented', uri: `${host}/invented` }];
    }
    for await (const names of this.#pages(options)) {
      const repeated = this.#flaw === 'repeats a repository' ? names.slice(0, 1) : [];
      yield [...names, ...repeated].map((name) => ({ name, uri: `${host}/${name}` }));
      if (this.#flaw !== 'ignores an abort') this.#throwIfAborted(options.signal);
    }
  }

  async *listImages(_repository: string, _options: ListOptions): AsyncGenerator<readonly RegistryImage[], void, undefined> {
    await this.#call(() => this.#registry.identify());
    yield [{ digest: manifestDigest, tags: ['1'], kind: 'image', status: 'active' }];
  }

  async pullAccess(_repository: string, options: PullAccessOptions): Promise<PullAccess> {
    if ((options.registryHost ?? host) !== host && this.#flaw !== 'pulls from any host') {
      throw new RegistryError({ kind: 'not-found', heading: 'Memory registry', message: 'This is another registry.' });
    }
    if (options.renew !== true && this.#access !== undefined && this.#clock.now() < this.#renewAt(this.#access)) {
      return this.#access;
    }
    if (this.#flaw === 'renews for every caller') return this.#renew();
    this.#renewal ??= this.#renew(options.signal).finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  explainPullFailure(): RegistryError | undefined {
    return undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#flaw === 'is disposed once' && this.#disposed) throw new Error('disposed already');
    this.#disposed = true;
  }

  async *#pages({ signal, meter }: ListOptions): AsyncGenerator<readonly string[], void, undefined> {
    const ahead: (readonly string[])[] = [];
    for (let offset = 0; offset < this.#registry.repositoryNames.length || offset === 0; offset += this.#registry.pageSize) {
      if (this.#flaw !== 'ignores the meter') await meter?.turn(signal);
      const page = await this.#call(() => this.#registry.listRepositories(offset));
      meter?.made(1);
      if (this.#flaw === 'reads ahead') ahead.push(page);
      else yield page;
    }
    yield* ahead;
  }

  async #renew(signal?: AbortSignal): Promise<PullAccess> {
    const { token, expiresAt } = await this.#call(() => this.#registry.issueCredential());
    if (signal !== undefined && this.#flaw === 'gives up for all') this.#throwIfAborted(signal);
    const text = this.#flaw === 'hands out a wrong credential' ? 'wrong' : token;
    this.#access = { host, authentication: { kind: 'bearer', token: new Secret(text) }, expiresAt };
    return this.#access;
  }

  #renewAt(access: PullAccess): Date {
    const ends = access.expiresAt?.getTime() ?? 0;
    return new Date(this.#flaw === 'renews too late' ? ends : ends - 600_000);
  }

  async #call<Value>(operation: () => Promise<Value>): Promise<Value> {
    try {
      return await operation();
    } catch (error) {
      if (!(error instanceof MemoryFailure)) throw error;
      throw new RegistryError({
        kind: this.#flaw === `mistakes ${error.fault}` ? 'protocol' : kinds[error.fault],
        heading: 'Memory registry',
        message: `The memory registry of ${this.#configuration.hint} failed.`,
        ...(this.#flaw !== 'drops the cause' && { cause: error }),
      });
    }
  }

  #throwIfAborted(signal: AbortSignal): void {
    if (signal.aborted) throw new RegistryError({ kind: 'cancelled', heading: 'Cancelled', message: 'Cancelled.' });
  }
}

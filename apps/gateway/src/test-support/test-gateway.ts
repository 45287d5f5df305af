import { memoryAdapter } from 'better-auth/adapters/memory';
import type { JsonValue } from '@esscm/jobs';
import { installedPlugins } from '@esscm/registry-plugins';
import { PluginRegistry, type RegistryConnection, type RegistryPlugin } from '@esscm/registry-core';
import type { Store } from '@esscm/store';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import type { AuthenticationDatabase } from '../authentication/authentication-database.js';
import type { ServedDependencies, GatewaySettings } from '../dependencies.js';
import { serveGateway } from '../serve-gateway.js';
import { MemoryStore } from './memory-store.js';

interface TestGatewayOptions {
  /** In place of the one in memory, for what only the database can do. Stays the caller's. */
  readonly store?: Store;
  readonly settings?: Partial<GatewaySettings>;
  /** What the plugin's connections do; calls that are left out fail the test. */
  readonly registry?: Partial<Omit<RegistryConnection, typeof Symbol.asyncDispose>>;
  readonly operatorSettings?: Readonly<Record<string, string>>;
}

export interface GraphQLAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly data: Record<string, unknown> | null | undefined;
  readonly errors: readonly { readonly message: string; readonly extensions: Record<string, unknown> }[] | undefined;
}

export const administrator = { name: 'Ada', email: 'ada@example.org', password: 'a sentence works well' } as const;

/** A gateway on a free port over a store in memory, closed when the test ends. */
export async function startTestGateway(options: TestGatewayOptions = {}) {
  const time = { now: new Date('2026-11-23T06:00:00Z') };
  const now = () => time.now;
  const store = new MemoryStore(now);
  const log: string[] = [];
  const jobs = createJobs();
  const dependencies: ServedDependencies = {
    store: options.store ?? store,
    jobs,
    plugins: pluginsWith(options.registry ?? {}),
    hostFor: () => ({ clock: { now }, operatorSettings: options.operatorSettings ?? {}, privateNetworks: [] }),
    sample: {
      credentials: { accessKeyId: 'AKIASAMPLESAMPLE1234', secretAccessKey: 'samplesamplesamplesamplesamplesample1234', region: 'us-east-1' },
      images: [
        {
          reference: '123456789012.dkr.ecr.us-east-1.amazonaws.com/sample/web:1.0',
          visibility: 'private',
          projectName: 'Sample',
          projectVersion: '1.0',
        },
      ],
    },
    authenticationSecret: 'a secret of a test, thirty-two bytes or more',
    installation: { version: '0.1.0', storage: 'embedded', queue: 'embedded' },
    settings: { port: 0, host: '127.0.0.1', ...options.settings },
    log: pino({ level: 'debug' }, { write: (line) => log.push(line) }),
    clock: { now },
  };
  const gateway = await serveGateway(dependencies, createAccounts());
  onTestFinished(() => gateway.close());

  const send = async (body: unknown, headers: Record<string, string> = {}): Promise<GraphQLAnswer> => {
    const response = await fetch(`${gateway.address}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    const answer: unknown = await response.json();
    return { status: response.status, headers: response.headers, ...(answer as Pick<GraphQLAnswer, 'data' | 'errors'>) };
  };
  const query = (text: string, variables: Record<string, unknown> = {}, headers: Record<string, string> = {}) =>
    send({ query: text, variables }, headers);
  /** Creates the administrator and gives headers of the session. */
  const signIn = async (): Promise<Record<string, string>> => {
    const answer = await query('mutation($input: CreateAdministratorInput!) { createAdministrator(input: $input) { __typename } }', {
      input: administrator,
    });
    return { cookie: cookieOf(answer) };
  };
  return { ...gateway, store, jobs, log, time, send, query, signIn };
}

/** The result of one field, of the form the test asked for. */
export function resultOf<T>({ data }: Pick<GraphQLAnswer, 'data'>, field: string): T {
  const result = data?.[field];
  if (result === undefined || result === null) throw new Error(`There is no ${field} in the answer.`);
  return result as T;
}

/** The `Cookie` header that a browser would send after this answer. */
export function cookieOf({ headers }: Pick<GraphQLAnswer, 'headers'>): string {
  return headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ');
}

function createAccounts(): AuthenticationDatabase {
  const adapter = memoryAdapter({ user: [], session: [], account: [], verification: [] });
  let last: Promise<unknown> = Promise.resolve();
  return {
    adapter,
    exclusively: (work) => {
      const result = last.then(() => work(adapter));
      last = result.catch(() => undefined);
      return result;
    },
  };
}

function createJobs() {
  const listeners = new Set<(payload: JsonValue) => void>();
  const added: { readonly scanId: string; readonly organizationId: string }[] = [];
  const cancelled: string[] = [];
  /** What the queue was told, in order. */
  const pauses: ('pause' | 'resume')[] = [];
  return {
    added,
    pauses,
    cancelled,
    listeners,
    scans: {
      add: (scan: { readonly scanId: string; readonly organizationId: string }) => Promise.resolve(void added.push(scan)),
      cancel: (scanId: string) => Promise.resolve(void cancelled.push(scanId)),
      pause: () => Promise.resolve(void pauses.push('pause')),
      resume: () => Promise.resolve(void pauses.push('resume')),
      counts: () => Promise.resolve({ waiting: added.length, active: 0, delayed: 0, failed: 0 }),
    },
    events: {
      publish: (_topic: string, payload: JsonValue) => {
        for (const listener of listeners) listener(payload);
        return Promise.resolve();
      },
      subscribe: (_topic: string, listener: (payload: JsonValue) => void) => {
        listeners.add(listener);
        return Promise.resolve(() => Promise.resolve(void listeners.delete(listener)));
      },
    },
  };
}

/** The real plugins, which describe, check and parse; only what would reach the network is replaced. */
function pluginsWith(registry: NonNullable<TestGatewayOptions['registry']>): PluginRegistry {
  const refuse = (call: string) => () => {
    throw new Error(`The test did not expect ${call}.`);
  };
  const plugins = installedPlugins()
    .list()
    .map(
      (plugin): RegistryPlugin => ({
        description: plugin.description,
        configure: (input) => plugin.configure(input),
        guide: async ({ values }) => ({ title: 'Guide', steps: [], snippet: values['externalId'] ?? '' }),
        parseReference: (variantId, text) => plugin.parseReference(variantId, text),
        ...(plugin.readEvent !== undefined && { readEvent: (event: unknown) => plugin.readEvent?.(event) }),
        connect: () => ({
          verify: refuse('verify'),
          listRepositories: refuse('listRepositories'),
          listImages: refuse('listImages'),
          pullAccess: refuse('pullAccess'),
          explainPullFailure: refuse('explainPullFailure'),
          ...registry,
          [Symbol.asyncDispose]: () => Promise.resolve(),
        }),
      }),
    );
  return new PluginRegistry(plugins);
}

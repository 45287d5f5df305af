import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type EcrSimulator, startEcrSimulator } from '@esscm/ecr-simulator';
import { esscm } from './command.js';
import { residentMegabytes } from './measure.js';

const reader = { accessKeyId: 'AKIAREADERREADERREAD', secretAccessKey: 'reader/secret+reader/secret+reader/secre' };
const everything = { Version: '2012-10-17' as const, Statement: [{ Effect: 'Allow' as const, Action: ['ecr:*'], Resource: '*' }] };

interface List {
  readonly complete: boolean;
  readonly totalCount: number;
  readonly calls: number;
  readonly edges: readonly unknown[];
}

/**
 * Lists a registry of many repositories and one repository of many images through the API of `esscm serve`, as the browser does:
 * requests to ECR, seconds until the first rows and until all is listed, and the memory of the server before and after.
 */
export async function benchBrowse(size: { readonly repositories: number; readonly images: number }): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'esscm-bench-'));
  const names = Array.from({ length: size.repositories - 1 }, (_, index) => `team-${index % 50}/service-${index}`);
  const simulator = await startEcrSimulator({
    users: [{ name: 'reader', ...reader, policies: [everything] }],
    repositories: [
      ...names.map((name) => ({ name, visibility: 'private' as const, images: [] })),
      { name: 'monorepo/builds', visibility: 'private', images: [], generatedImages: size.images },
    ],
  });
  const port = await freePort();
  const child = spawn(esscm, ['serve'], {
    env: { ...process.env, PORT: String(port), ESSCM_DATA_DIR: folder, ESSCM_ECR_SIMULATOR_URL: simulator.apiEndpoint, ESSCM_LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  try {
    const api = new Client(`http://127.0.0.1:${port}`);
    await api.ready();
    const draftId = await api.draft();
    const megabytes = () => residentMegabytes(child.pid ?? 0);
    const listing = '... on Problem { message }';
    const tree = () => api.run<{ list: List }>(`query($id: ID!) { list: repositoryTree(source: { draftId: $id }, first: 50) { ... on RepositoryTreeConnection { complete totalCount calls edges { cursor } } ${listing} } }`, { id: draftId });
    const images = () =>
      api.run<{ list: List }>(`query($id: ID!) { list: registryImages(source: { draftId: $id }, repository: "monorepo/builds", first: 50) { ... on RegistryImageConnection { complete totalCount calls edges { cursor } } ${listing} } }`, { id: draftId });
    const search = () =>
      api.run<{ list: List }>(`query($id: ID!) { list: registryImages(source: { draftId: $id }, repository: "monorepo/builds", first: 50, search: "release-9", order: TAG) { ... on RegistryImageConnection { complete totalCount calls edges { cursor } } ${listing} } }`, { id: draftId });
    console.table([
      await measureList(`tree of ${size.repositories} repositories`, tree, simulator, megabytes),
      await measureList(`${size.images} images of one repository`, images, simulator, megabytes),
      await measureList('search and sort over all of them', search, simulator, megabytes),
    ]);
  } finally {
    child.kill('SIGTERM');
    await ended;
    await simulator.close();
    rmSync(folder, { recursive: true });
  }
}

async function measureList(what: string, ask: () => Promise<{ readonly list: List }>, simulator: EcrSimulator, megabytes: () => number) {
  const before = megabytes();
  const requestsBefore = simulator.requests.length;
  const firstPage = () => simulator.requests[requestsBefore]?.at.getTime();
  const startedAt = Date.now();
  const began = performance.now();
  const seconds = () => ((performance.now() - began) / 1000).toFixed(2);
  let { list } = await ask();
  const firstRows = seconds();
  let peak = megabytes();
  while (!list.complete) {
    await wait(250);
    ({ list } = await ask());
    peak = Math.max(peak, megabytes());
  }
  return {
    what,
    entries: list.totalCount,
    'requests counted': list.calls,
    'requests arrived': simulator.requests.length - requestsBefore,
    'first page after s': firstPage() === undefined ? '–' : (((firstPage() ?? 0) - startedAt) / 1000).toFixed(2),
    'first rows after s': firstRows,
    'all after s': seconds(),
    'MB before': before.toFixed(0),
    'MB at most': peak.toFixed(0),
  };
}

/** Signs in as the first administrator and asks the API. */
class Client {
  readonly #origin: string;
  #cookie = '';

  constructor(origin: string) {
    this.#origin = origin;
  }

  async ready(): Promise<void> {
    for (const until = performance.now() + 120_000; ; await wait(50)) {
      try {
        if ((await fetch(`${this.#origin}/healthz`)).ok) return;
      } catch {
        // Nothing listens yet.
      }
      if (performance.now() > until) throw new Error('The server did not answer.');
    }
  }

  async draft(): Promise<string> {
    await this.run('mutation($input: CreateAdministratorInput!) { createAdministrator(input: $input) { __typename } }', {
      input: { name: 'Bench', email: 'bench@example.org', password: 'correct horse battery staple' },
    });
    const values = Object.entries({ ...reader, region: 'us-east-1' }).map(([name, value]) => ({ name, value }));
    const { verifyCredentials } = await this.run<{ verifyCredentials: { draft: { id: string } } }>(
      'mutation($input: VerifyCredentialsInput!) { verifyCredentials(input: $input) { ... on VerifyCredentialsPayload { draft { id } } } }',
      { input: { plugin: 'ecr', variant: 'private', credentialKind: 'access-key', values } },
    );
    return verifyCredentials.draft.id;
  }

  async run<Data>(query: string, variables: Record<string, unknown>): Promise<Data> {
    const response = await fetch(`${this.#origin}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: this.#cookie },
      body: JSON.stringify({ query, variables }),
    });
    const cookie = response.headers.getSetCookie().map((line) => line.split(';')[0]);
    if (cookie.length > 0) this.#cookie = cookie.join('; ');
    const answer = (await response.json()) as { data?: Data; errors?: readonly { message: string }[] };
    if (answer.data === undefined || answer.errors !== undefined) throw new Error(JSON.stringify(answer.errors ?? answer));
    return answer.data;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createRegistryImageSource } from '@esscm/oci-client';
import { pullClientOptions, type RegistryConnection } from '@esscm/registry-core';
import { writeOciLayout } from '@esscm/testkit';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ociPlugin } from './oci-plugin.js';
import { credential, image } from './testing/registry-subject.js';

const run = promisify(execFile);
const { signal } = new AbortController();
const clock = { now: () => new Date() };

/** `token-of-test` for the user `reader`, as `htpasswd -B` writes it: the only form docker-registry takes. */
const passwordFile = 'reader:$2b$05$abcdefghijklmnopqrstuucoeqEKnIAhS/psN0Gk10efuFY4kFb66\n';

/** Debian's docker-registry on a free port, empty, with or without a password file. */
class DockerRegistry implements AsyncDisposable {
  readonly host: string;
  readonly #process: ChildProcess;
  readonly #folder: string;

  private constructor(host: string, child: ChildProcess, folder: string) {
    this.host = host;
    this.#process = child;
    this.#folder = folder;
  }

  static async start(withPassword: boolean): Promise<DockerRegistry> {
    const folder = await mkdtemp(join(tmpdir(), 'plugin-oci-'));
    const host = `127.0.0.1:${await freePort()}`;
    await writeFile(join(folder, 'passwords'), passwordFile);
    const authentication = withPassword ? `auth: { htpasswd: { realm: test, path: ${folder}/passwords } }\n` : '';
    const configuration = `version: 0.1\nlog: { level: error }\nstorage: { filesystem: { rootdirectory: ${folder}/data } }\nhttp: { addr: "${host}" }\n${authentication}`;
    await writeFile(join(folder, 'registry.yml'), configuration);
    const child = spawn('docker-registry', ['serve', join(folder, 'registry.yml')], { stdio: 'ignore' });
    await vi.waitFor(() => fetch(`http://${host}/v2/`), { timeout: 20_000 });
    return new DockerRegistry(host, child, folder);
  }

  async push(name: string): Promise<void> {
    const layout = join(this.#folder, 'layout');
    await writeOciLayout(layout, [{ content: image, tag: '1.0' }]);
    const credentials = `${credential.username}:${credential.password}`;
    const options = ['--insecure-policy', '--preserve-digests', '--dest-tls-verify=false', '--dest-creds', credentials];
    await run('skopeo', ['copy', ...options, `oci:${layout}:1.0`, `docker://${this.host}/${name}`]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = once(this.#process, 'exit');
    this.#process.kill();
    await ended;
    await rm(this.#folder, { recursive: true, force: true });
  }
}

async function freePort(): Promise<number> {
  await using server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

function connect(host: string, values: Readonly<Record<string, string>>): RegistryConnection {
  const credentialKindId = values['password'] === undefined ? 'anonymous' : 'password';
  const configuration = ociPlugin.configure({ variantId: 'registry', credentialKindId, values: { address: host, ...values } });
  return ociPlugin.connect(configuration, pluginHost(host));
}

function pluginHost(host: string) {
  return { clock, operatorSettings: { 'oci.plainHttpRegistries': host }, privateNetworks: [] };
}

async function readAll<Element>(pages: AsyncIterable<readonly Element[]>): Promise<Element[]> {
  const elements: Element[] = [];
  for await (const page of pages) elements.push(...page);
  return elements;
}

describe.each([
  ['without authentication', false, {}],
  ['with a password file', true, credential],
] as const)('a docker-registry %s', (_what, withPassword, values) => {
  let registry: DockerRegistry;

  beforeAll(async () => {
    registry = await DockerRegistry.start(withPassword);
    for (const name of ['team/app:1.0', 'team/app:latest', 'team/other:1.0']) await registry.push(name);
  });

  afterAll(async () => {
    await registry[Symbol.asyncDispose]();
  });

  test('is verified, listed and pulled from', async () => {
    await using connection = connect(registry.host, values);
    expect(await connection.verify({ signal })).toMatchObject({ status: 'verified', problems: [] });
    const repositories = await readAll(connection.listRepositories({ signal }));
    expect(repositories.map(({ name }) => name)).toEqual(['team/app', 'team/other']);
    const images = await readAll(connection.listImages('team/app', { signal }));
    expect(images.map(({ digest, tags, kind }) => ({ digest, tags: tags.toSorted(), kind }))).toEqual([
      { digest: image.descriptor.digest, tags: ['1.0', 'latest'], kind: 'image' },
    ]);

    const access = await connection.pullAccess('team/app', { signal });
    const options = pullClientOptions({ connection, repository: 'team/app', access, host: pluginHost(registry.host) });
    await using source = createRegistryImageSource({ repository: 'team/app', reference: '1.0', options });
    expect((await source.resolve({ signal })).layers.map(({ diffId }) => diffId)).toEqual(image.layers.map(({ diffId }) => diffId));
  });

  test('says so when a repository is not there', async () => {
    await using connection = connect(registry.host, values);
    await expect(readAll(connection.listImages('team/typo', { signal }))).rejects.toMatchObject({ kind: 'not-found', heading: 'Repository not found' });
  });
});

test('a docker-registry with a password file refuses a wrong token and an anonymous reader, each in its own words', async () => {
  await using registry = await DockerRegistry.start(true);
  await using wrong = connect(registry.host, { ...credential, password: 'wrong' });
  await using anonymous = connect(registry.host, {});
  const report = await wrong.verify({ signal });
  expect([report.status, report.problems[0]?.heading]).toEqual(['failed', 'Credentials verification failed']);
  await expect(readAll(anonymous.listImages('team/app', { signal }))).rejects.toMatchObject({ heading: 'Access denied' });
});

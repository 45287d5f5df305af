import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEcrSimulator } from '@esscm/ecr-simulator';
import type { EcrSimulator } from '@esscm/ecr-simulator';
import { ImageBuilder, type LayerEntries, whiteout, writeOciLayout } from '@esscm/testkit';

const seven = [
  'ecr:GetAuthorizationToken',
  'ecr:BatchCheckLayerAvailability',
  'ecr:GetDownloadUrlForLayer',
  'ecr:BatchGetImage',
  'ecr:DescribeRepositories',
  'ecr:ListImages',
  'ecr:DescribeImages',
];

function allow(actions: readonly string[]) {
  return { Version: '2012-10-17' as const, Statement: [{ Effect: 'Allow' as const, Action: [...actions], Resource: '*' }] };
}

/** May do everything ESSCM needs. */
export const reader = { accessKeyId: 'AKIAREADERREADERREAD', secretAccessKey: 'reader/secret+reader/secret+reader/secre' };
/** What {@link reader} may do. */
export const readerPolicy = allow(seven);
/** The same user's next key. */
export const nextKey = { accessKeyId: 'AKIANEXTKEYNEXTKEYNE', secretAccessKey: 'next/secret+next/secret+next/secret+next' };
/** May assume `esscm-reader` with the external ID of a test, and nothing else. */
export const assumer = { accessKeyId: 'AKIAASSUMERASSUMERAS', secretAccessKey: 'assumer/secret+assumer/secret+assumer/se' };
/** May not read manifests. */
export const blind = { accessKeyId: 'AKIABLINDBLINDBLINDX', secretAccessKey: 'blind/secret+blind/secret+blind/secret/1' };

const dpkg = (packages: readonly (readonly [string, string])[]) =>
  packages.map(([name, version]) => `Package: ${name}\nStatus: install ok installed\nVersion: ${version}\nArchitecture: amd64\nMaintainer: Debian\n`).join('\n');
const osRelease = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\n';

/** A base with two Debian packages and `applications` npm packages on it, in layers of their own. The first brings a test runner that the third deletes. */
function image(applications: number, ballastBytes = 0) {
  const builder = new ImageBuilder({ created: '2026-11-01T00:00:00Z' }).layer(
    { 'etc/os-release': osRelease, 'var/lib/dpkg/status': dpkg([['libc6', '2.36-9+deb12u9'], ['openssl', '3.0.15-1~deb12u1']]) },
    { createdBy: 'ADD rootfs.tar / # buildkit' },
  );
  for (let index = 0; index < applications; index += 1) {
    const name = `package-${index}`;
    // Random bytes do not compress, so that the registry really has something to send.
    const ballast = Buffer.from(Array.from({ length: Math.ceil(ballastBytes / 16) }, () => crypto.randomUUID().replaceAll('-', '')).join(''), 'hex');
    builder.layer(
      { [`app/node_modules/${name}/package.json`]: JSON.stringify({ name, version: `1.0.${index}`, license: 'MIT' }), [`app/data-${index}`]: ballast, ...testRunner(index) },
      { createdBy: `RUN npm install ${name}` },
    );
  }
  return builder.build();
}

/** What a layer says of it. */
function testRunner(index: number): LayerEntries {
  if (index === 0) return { 'app/node_modules/test-runner/package.json': JSON.stringify({ name: 'test-runner', version: '3.0.0' }) };
  return index === 2 ? { 'app/node_modules/test-runner': whiteout() } : {};
}

function trust(condition: object) {
  const statement = { Effect: 'Allow' as const, Principal: { AWS: 'arn:aws:iam::123456789012:user/assumer' }, Action: 'sts:AssumeRole', ...condition };
  return { Version: '2012-10-17' as const, Statement: [statement] };
}

/** Asks for an external ID of the form this product makes; which one is known only once it runs. */
const trustWithExternalId = trust({ Condition: { StringLike: { 'sts:ExternalId': 'esscm-*' } } });

export interface TestEcr extends AsyncDisposable {
  readonly simulator: EcrSimulator;
  readonly url: string;
  /** Replaces a private repository, as pushes and deletions would leave it: tags of `checkout` and of `debian` images. */
  publish(repository: string, images: { readonly checkout?: readonly string[]; readonly debian?: readonly string[] }): Promise<void>;
}

/**
 * An ECR with private repositories `payments/checkout-api` (2.14.3), `base/debian` (12) and `batch/large` (1, twenty
 * layers of `largeLayerBytes`), in eu-west-1 another `base/debian` (12), and the public `nginx/nginx` (latest).
 */
export async function startTestEcr({ largeLayerBytes = 0 } = {}): Promise<TestEcr> {
  const folder = await mkdtemp(join(tmpdir(), 'esscm-e2e-ecr-'));
  const layout = async (name: string, applications: number, ballastBytes = 0) => {
    const path = join(folder, name);
    await writeOciLayout(path, [{ content: image(applications, ballastBytes) }]);
    return path;
  };
  const checkout = await layout('checkout', 3);
  const debian = await layout('debian', 0);
  const large = await layout('large', 20, largeLayerBytes);
  const pushedAt = new Date('2026-11-20T10:00:00Z');
  const simulator = await startEcrSimulator({
    users: [
      { name: 'reader', ...reader, policies: [readerPolicy] },
      { name: 'reader', ...nextKey, policies: [readerPolicy] },
      { name: 'assumer', ...assumer, policies: [allow(['sts:AssumeRole'])] },
      { name: 'blind', ...blind, policies: [allow(seven.filter((action) => action !== 'ecr:BatchGetImage'))] },
    ],
    roles: [
      { name: 'closed', trustPolicy: trustWithExternalId, policies: [allow(['*'])] },
      { name: 'open', trustPolicy: trust({}), policies: [allow(['*'])] },
    ],
    repositories: [
      { name: 'payments/checkout-api', visibility: 'private', images: [{ layout: checkout, tags: ['2.14.3', 'latest'], pushedAt }] },
      { name: 'base/debian', visibility: 'private', images: [{ layout: debian, tags: ['12'], pushedAt }] },
      { name: 'batch/large', visibility: 'private', images: [{ layout: large, tags: ['1'], pushedAt }] },
      { name: 'base/debian', visibility: 'private', region: 'eu-west-1', images: [{ layout: debian, tags: ['12'], pushedAt }] },
      { name: 'nginx/nginx', visibility: 'public', images: [{ layout: checkout, tags: ['latest', '1.27'], pushedAt }] },
    ],
  });
  return {
    simulator,
    url: simulator.apiEndpoint,
    publish: (name, images) =>
      simulator.addRepository({
        name,
        visibility: 'private',
        images: [
          { layout: checkout, tags: images.checkout ?? [], pushedAt },
          { layout: debian, tags: images.debian ?? [], pushedAt: new Date('2026-11-21T10:00:00Z') },
        ].filter(({ tags }) => tags.length > 0),
      }),
    async [Symbol.asyncDispose]() {
      await simulator.close();
      await rm(folder, { recursive: true });
    },
  };
}

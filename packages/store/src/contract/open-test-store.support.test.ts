import { randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import type { OpenStore } from '../open-store.js';
import { openStore } from '../open-store.js';
import type { ConnectImage } from '../records.js';
import type { ConnectInput } from './connection-repository.js';
import type { ScanResultInput } from './scan-result-input.js';
import { MasterKeyVault } from '../vault/secrets-vault.js';

/** A clock that tests move. */
export class TestClock {
  #now = Date.parse('2030-01-01T00:00:00Z');

  now(): Date {
    return new Date(this.#now);
  }

  advance(ms: number): Date {
    this.#now += ms;
    return this.now();
  }
}

/** A store over a pool, with what its tests need beside it. */
export interface TestStore {
  readonly store: OpenStore;
  readonly pool: Pool;
  readonly clock: TestClock;
  readonly vault: MasterKeyVault;
}

export async function openTestStore(pool: Pool): Promise<TestStore> {
  const clock = new TestClock();
  const vault = new MasterKeyVault(randomBytes(32));
  // Suites share a database; each brings its own key.
  await pool.query(`do $$ begin if to_regclass('esscm.master_key') is not null then delete from esscm.master_key; end if; end $$`);
  const store = await openStore({ database: { pool }, vault, clock });
  return { store, pool, clock, vault };
}

/** Another organisation in the same database. */
export async function createOrganization({ pool, clock }: TestStore): Promise<string> {
  const id = `org_${[...randomBytes(26)].map((byte) => '0123456789abcdefghjkmnpqrstvwxyz'.charAt(byte % 32)).join('')}`;
  await pool.query('insert into esscm.organizations (id, name, created_at) values ($1, $1, $2)', [id, clock.now()]);
  return id;
}

let connectionNumber = 0;

export function connectInput(organizationId: string, changes: Partial<ConnectInput> = {}): ConnectInput {
  connectionNumber += 1;
  return {
    organizationId,
    requestedBy: 'user-1',
    pluginId: 'ecr',
    variantId: 'private',
    credentialKindId: 'access-key',
    name: `registry ${connectionNumber}`,
    description: 'for tests',
    settings: { region: 'eu-central-1' },
    credentialHint: 'AKIA…3K in eu-central-1',
    secrets: { secretAccessKey: 'very secret' },
    sample: false,
    images: [image('checkout', 'v1')],
    ...changes,
  };
}

export function image(repository: string, tag: string, changes: Partial<ConnectImage> = {}): ConnectImage {
  return { name: `registry.example/${repository}`, repository, tag, projectName: 'Shop', projectVersion: '1.0', ...changes };
}

/** A connection with one image, and the image's queued scan. */
export async function connectOne({ store }: TestStore, organizationId: string) {
  const { connection, images, scans } = await store.connections.connect(connectInput(organizationId));
  return { connection, image: images[0]!, scan: scans[0]! };
}

export const layerDigests = ['a', 'b'].map((letter) => `sha256:${letter.repeat(64)}`);

export function scanResult(changes: Partial<ScanResultInput> = {}): ScanResultInput {
  const component = (name: string, version: string, layerIndex: number) => ({
    id: `pkg:deb/debian/${name}@${version}`,
    ecosystem: name === 'lodash' ? 'npm' : 'deb',
    name,
    version,
    packageUrl: `pkg:deb/debian/${name}@${version}?distro=debian-13`,
    licences: [{ declared: 'MIT', spdxExpression: 'MIT' }],
    locations: [{ path: '/var/lib/dpkg/status', layerDiffId: layerDigests[layerIndex]!, layerIndex }],
    supplier: 'Debian',
  });
  return {
    digest: `sha256:${'1'.repeat(64)}`,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    platform: 'linux/amd64',
    created: '2029-12-01T00:00:00Z',
    sizeBytes: 5_000_000_000,
    distributionName: 'Debian GNU/Linux 13 (trixie)',
    catalogueVersion: 'dpkg@1',
    layers: layerDigests.map((digest, index) => ({
      index,
      digest,
      diffId: digest,
      mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
      sizeBytes: 2_500_000_000,
      ...(index === 0 ? { createdBy: 'ADD rootfs.tar /' } : {}),
    })),
    components: [component('zlib1g', '1.3', 0), component('lodash', '4.17.21', 1), component('Zeta', '2', 0), component('bash', '5.2', 0), component('bash', '5.10', 1)],
    catalogue: '{"formatVersion":1}',
    diagnostics: [],
    partial: false,
    ...changes,
  };
}

import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase, openStore, openVault, type FindingInput, type MatchingInput, type OpenStore, type ScanResultInput } from '@esscm/store';

const digest = `sha256:${'ab'.repeat(32)}`;
const layer = { digest, diffId: digest, mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', sizeBytes: 10, createdBy: 'RUN npm ci' };

/** The real store on the embedded database, in a folder that is removed with it. */
export async function openRealStore(now: () => Date) {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-'));
  const database = await openDatabase({ dataFolder: folder });
  const store = await openStore({ database, vault: await openVault({ masterKey: randomBytes(32).toString('hex'), keyFile: '' }), clock: { now } });
  const { id } = await store.organizations.ensureDefault();
  return {
    store,
    organizationId: id,
    close: async () => {
      await database.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** A finding in lodash, or in another package of {@link scannedImage}. */
export function storedFinding(vulnerability: string, changes: Partial<FindingInput> = {}): FindingInput {
  return {
    componentId: 'pkg:npm/lodash@4.17.20',
    vulnerability,
    packageKey: 'pkg:npm/lodash',
    severity: 'high',
    score: 7.2,
    ransomware: false,
    fixState: 'fixed',
    fixVersion: '4.17.21',
    class: 'vulnerability',
    hidden: false,
    confidence: 'high',
    published: '2021-02-15T00:00:00Z',
    fingerprint: `of ${vulnerability}`,
    detail: {
      summary: 'Command injection',
      identifiers: [vulnerability, `GHSA-${vulnerability}`],
      ratings: [{ level: 'high', source: 'GHSA CVSS 3.1', score: 7.2, vector: 'CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H' }],
      alsoFixedIn: [],
      evidence: [{ recordId: `GHSA-${vulnerability}`, source: 'osv:npm', ecosystem: 'npm', packageName: 'lodash', lookedUpBy: 'package', comparedVersion: '4.17.20', reason: '4.17.20 is below 4.17.21 (fixed); compared as semver' }],
      notes: [],
    },
    ...changes,
  };
}

/** A matching of {@link scannedImage}. */
export function storedMatching(findings: readonly FindingInput[], changes: Partial<MatchingInput> = {}): MatchingInput {
  return { state: 'matched', revision: 'r1', advisoriesAt: new Date('2026-11-23T05:00:00Z'), matcherVersion: '1', notices: [], missingEcosystems: [], suppressedCount: 0, findings, ...changes };
}

function scanResult(matching: MatchingInput | undefined): ScanResultInput {
  const component = (name: string, ecosystem: string, version: string) => ({
    id: `pkg:${ecosystem}/${name}@${version}`,
    ecosystem,
    name,
    version,
    packageUrl: `pkg:${ecosystem}/${name}@${version}`,
    licences: [],
    locations: [{ path: `/app/${name}`, layerDiffId: digest, layerIndex: 0 }],
  });
  return {
    digest,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    platform: 'linux/amd64',
    sizeBytes: 10,
    catalogueVersion: randomBytes(4).toString('hex'),
    layers: [{ ...layer, index: 0 }],
    components: [component('lodash', 'npm', '4.17.20'), component('bash', 'deb', '5.2')],
    catalogue: '{"formatVersion":1}',
    diagnostics: [],
    partial: false,
    ...(matching === undefined ? {} : { matching }),
  };
}

/** An image with a finished scan. */
export async function scannedImage(store: OpenStore, organizationId: string, tag: string, matching?: MatchingInput, changes: Partial<ScanResultInput> = {}) {
  const { connection, images, scans } = await store.connections.connect({
    organizationId,
    requestedBy: 'user',
    pluginId: 'ecr',
    variantId: 'public',
    name: `registry ${randomBytes(4).toString('hex')}`,
    description: '',
    settings: {},
    credentialHint: '',
    secrets: {},
    sample: false,
    images: [{ name: 'registry.example/shop', repository: 'shop', tag, projectName: 'Shop', projectVersion: '1' }],
  });
  const [image] = images;
  const [scan] = scans;
  if (image === undefined || scan === undefined) throw new Error('The store made no image.');
  const ended = await store.scans.complete(scan.id, { ...scanResult(matching), ...changes });
  return { connection, image, contentId: ended?.contentId ?? '' };
}

import { buildArtifact, buildIndex, ImageBuilder, TestRegistry } from '@esscm/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listAttachments, type Attachment } from './attachments.js';
import { parseDigest } from './digest.js';
import { createDialPolicy } from './guarded-dialer.js';
import { RegistryClient } from './registry-client.js';

const never = new AbortController().signal;
const image = new ImageBuilder().layer({ a: 'x' }).build();
const digest = parseDigest(image.descriptor.digest);
const index = buildIndex([image], { attestations: true });
const created = '2026-11-01T08:00:00Z';
const sbom = buildArtifact({
  artifactType: 'application/vnd.cyclonedx+json',
  payload: '{"bomFormat":"CycloneDX"}',
  payloadMediaType: 'application/vnd.cyclonedx+json',
  subject: image.descriptor,
  annotations: { 'org.opencontainers.image.created': created },
});
const signature = buildArtifact({ configMediaType: 'application/vnd.oci.image.config.v1+json', payload: '{"critical":{}}', payloadMediaType: 'application/vnd.dev.cosign.simplesigning.v1+json' });

let registry: TestRegistry;
let client: RegistryClient;

beforeEach(async () => {
  registry = await TestRegistry.start();
  registry.add('team/app', index, { tags: ['1.0'] });
  client = new RegistryClient({ host: registry.host, plainHttp: true, dialer: createDialPolicy({ allowLoopback: true }) });
});

afterEach(async () => {
  await client[Symbol.asyncDispose]();
  await registry[Symbol.asyncDispose]();
});

const list = (reference?: string) => listAttachments(client, 'team/app', { digest, signal: never, ...(reference === undefined ? {} : { reference }) });
const short = ({ origin, attachedTo, artifactType }: Attachment) => [origin, attachedTo, artifactType];

describe('what is attached to an image', () => {
  test('is what refers to it, with the documents in it', async () => {
    registry.attach('team/app', image.descriptor, sbom);

    expect(await list()).toEqual({
      complete: true,
      entries: [
        {
          digest: sbom.descriptor.digest,
          mediaType: 'application/vnd.oci.image.manifest.v1+json',
          artifactType: 'application/vnd.cyclonedx+json',
          origin: 'referrer',
          attachedTo: digest,
          sizeBytes: 25,
          annotations: { 'org.opencontainers.image.created': created },
          created,
          documents: [{ digest: [...sbom.blobs.keys()][1], mediaType: 'application/vnd.cyclonedx+json', sizeBytes: 25 }],
        },
      ],
    });
  });

  test.each([true, false])('is found in its index, by referrers and by the tags of cosign, each once (referrers API: %s)', async (api) => {
    registry.behaviour.referrers = api;
    const dashed = digest.replace(':', '-');
    registry.attach('team/app', index.descriptor, sbom).add('team/app', signature, { tags: [`${dashed}.sig`, `${dashed}.att`] });

    const { entries } = await list('1.0');

    expect(entries.map(short)).toEqual([
      ['index', digest, 'application/vnd.in-toto+json'],
      ...(api ? [['referrer', index.descriptor.digest, 'application/vnd.cyclonedx+json']] : []),
      ['tag', digest, 'application/vnd.dev.cosign.simplesigning.v1+json'],
    ]);
  });

  test('leaves out what belongs to another image of the index', async () => {
    const other = new ImageBuilder().layer({ b: 'y' }).build();
    registry.add('team/app', buildIndex([image, other], { attestations: true }), { tags: ['2.0'] });

    expect((await list('2.0')).entries).toHaveLength(1);
  });

  test.each(['moved', 'gone'])('does not depend on the tag it was reached by, which may be %s', async (tag) => {
    registry.add('team/app', new ImageBuilder().layer({ b: 'y' }).build(), { tags: ['moved'] }).attach('team/app', image.descriptor, sbom);

    expect((await list(tag)).entries.map(short)).toEqual([['referrer', digest, 'application/vnd.cyclonedx+json']]);
  });

  test('is listed without documents when its manifest is gone', async () => {
    registry.attach('team/app', image.descriptor, { ...sbom, manifests: new Map() });

    expect((await list()).entries).toMatchObject([{ digest: sbom.descriptor.digest, sizeBytes: sbom.descriptor.size, documents: [] }]);
  });

  test('is cut off at fifty, and says so', async () => {
    for (let count = 0; count < 51; count += 1) registry.attach('team/app', image.descriptor, buildArtifact({ artifactType: 'text/spdx', payload: `${count}` }));

    const { entries, complete } = await list();

    expect([entries.length, complete]).toEqual([50, false]);
  });
});

import { buildArtifact, type BuiltContent, ImageBuilder, TestRegistry } from '@esscm/testkit';
import { describe, expect, onTestFinished, test } from 'vitest';
import { finishScans } from '../../test-support/stored-content.js';
import { startTestGateway } from '../../test-support/test-gateway.js';

const query = `query($imageId: ID!) {
  imageAttachments(imageId: $imageId) {
    __typename
    ... on ImageAttachments { complete entries { digest artifactType artifactName origin attachedTo sizeBytes created annotations { key value } documents { digest mediaType name predicateType sizeBytes path } } }
    ... on Problem { code message retryable }
    ... on RegistryProblem { heading }
  }
}`;

const image = new ImageBuilder().layer({ a: 'x' }).build();
const statement = '{"_type":"https://in-toto.io/Statement/v1","predicateType":"https://slsa.dev/provenance/v1"}';
const envelope = JSON.stringify({ payloadType: 'application/vnd.in-toto+json', payload: Buffer.from(statement).toString('base64'), signatures: [{ sig: 'c2ln' }] });
const attached = (payload: string, payloadMediaType: string) =>
  buildArtifact({ artifactType: payloadMediaType, payload, payloadMediaType, subject: image.descriptor, annotations: { 'org.opencontainers.image.created': '2026-11-01T08:00:00Z' } });
const documentOf = (content: BuiltContent) => [...content.blobs.keys()][1] ?? '';
const attestation = attached(envelope, 'application/vnd.dsse.envelope.v1+json');
const page = attached('<script>alert(1)</script>', 'text/html');
const note = attached('Zoë was here.', 'text/plain');

/** A gateway with a scanned image of a registry, with what is attached to it. */
async function startWithImage({ plugin = 'oci', reference = 'ghcr.io/team/app:1.0' } = {}) {
  const registry = await TestRegistry.start();
  onTestFinished(() => registry[Symbol.asyncDispose]());
  registry.add('team/app', image, { tags: ['1.0'] });
  for (const content of [attestation, page, note]) registry.attach('team/app', image.descriptor, content);
  const pullAccess = async () => ({ host: 'ghcr.io', connectTo: registry.origin, authentication: { kind: 'anonymous' as const } });
  const gateway = await startTestGateway({ registry: { pullAccess, explainPullFailure: () => undefined } });
  const session = await gateway.signIn();
  await gateway.query(
    `mutation($plugin: ID!, $reference: String!) { connect(input: { clientMutationId: "one", plugin: $plugin, variant: "public", name: "Public", images: [
      { reference: $reference, projectName: "Shop", projectVersion: "2.0" }] }) { __typename } }`,
    { plugin, reference },
    session,
  );
  const imageId = gateway.store.imageRows[0]?.id ?? '';
  const scanned = (digest = image.descriptor.digest) => {
    finishScans(gateway.store);
    for (const { record } of gateway.store.contentRows) Object.assign(record, { digest });
  };
  const list = async () => (await gateway.query(query, { imageId }, session)).data?.['imageAttachments'];
  const download = async (digest: string, headers: Record<string, string> = session) => {
    const response = await fetch(`${gateway.address}/api/images/${imageId}/attachments/${digest}`, { headers });
    return { status: response.status, type: response.headers.get('content-type'), disposition: response.headers.get('content-disposition'), text: await response.text() };
  };
  return { gateway, registry, imageId, scanned, list, download };
}

describe('what is attached to an image', () => {
  test('is listed with what it is, and where to fetch what can be read', async () => {
    const { scanned, list, imageId } = await startWithImage();
    scanned();

    const answer = await list();

    expect(answer).toMatchObject({ __typename: 'ImageAttachments', complete: true });
    const { entries } = answer as { entries: { documents: { path: string | null }[] }[] };
    expect(entries[0]).toEqual({
      digest: attestation.descriptor.digest,
      artifactType: 'application/vnd.dsse.envelope.v1+json',
      artifactName: 'a signed attestation',
      origin: 'REFERRER',
      attachedTo: image.descriptor.digest,
      sizeBytes: String(envelope.length),
      created: '2026-11-01T08:00:00.000Z',
      annotations: [{ key: 'org.opencontainers.image.created', value: '2026-11-01T08:00:00Z' }],
      documents: [
        {
          digest: documentOf(attestation),
          mediaType: 'application/vnd.dsse.envelope.v1+json',
          name: 'a signed attestation',
          predicateType: null,
          sizeBytes: String(envelope.length),
          path: `/api/images/${imageId}/attachments/${documentOf(attestation)}`,
        },
      ],
    });
    expect(entries.map(({ documents }) => documents.map(({ path }) => path !== null))).toEqual([[true], [false], [true]]);
  });

  test('cannot be said before the first result', async () => {
    const { list } = await startWithImage();

    expect(await list()).toEqual({ __typename: 'ConflictProblem', code: 'CONFLICT', message: 'This image has no result yet. Scan it first.', retryable: false });
  });

  test('is not asked of a registry that does not list it', async () => {
    const { list, scanned, registry } = await startWithImage({ plugin: 'ecr', reference: 'public.ecr.aws/team/app:1.0' });
    scanned();

    expect([await list(), registry.log]).toMatchObject([{ __typename: 'RegistryProblem', code: 'UNSUPPORTED', heading: 'This registry does not list attachments', retryable: false }, []]);
  });

  test('is a problem when the registry refuses', async () => {
    const { list, scanned, registry } = await startWithImage();
    scanned();
    registry.behaviour.denies = true;

    expect(await list()).toMatchObject({ __typename: 'RegistryProblem', code: 'UPSTREAM_UNAVAILABLE', heading: 'Attachments cannot be read' });
  });

  test('of an image of another organisation does not exist', async () => {
    const { gateway, list, scanned, download } = await startWithImage();
    scanned();
    for (const row of gateway.store.imageRows) Object.assign(row, { organizationId: 'org_2' });

    expect(await list()).toMatchObject({ __typename: 'NotFoundProblem' });
    expect((await download(documentOf(note))).status).toBe(404);
  });
});

describe('an attached document', () => {
  test.each([
    ['the statement inside its envelope, as JSON', attestation, 'application/json; charset=utf-8', 'json', statement],
    ['text, as text', note, 'text/plain; charset=utf-8', 'txt', 'Zoë was here.'],
  ])('is saved as %s', async (_what, content, type, ending, text) => {
    const { scanned, download } = await startWithImage();
    scanned();
    const digest = documentOf(content);

    expect(await download(digest)).toEqual({ status: 200, type, disposition: `attachment; filename="${digest.slice(7, 19)}.${ending}"`, text });
  });

  test.each([
    ['a page', documentOf(page), 415],
    ['a layer of the image itself', image.layers[0]?.descriptor.digest ?? '', 404],
    ['no digest', 'x', 404],
  ])('is never %s', async (_what, digest, expected) => {
    const { scanned, download } = await startWithImage();
    scanned();

    const { status, type } = await download(digest);

    expect([status, type]).toEqual([expected, 'application/json; charset=utf-8']);
  });

  test('with other bytes than its digest says is refused', async () => {
    const { scanned, download, registry } = await startWithImage();
    scanned();
    registry.behaviour.corruptBlobs = true;

    expect((await download(documentOf(note))).status).toBe(502);
  });

  test('is only for those who signed in', async () => {
    const { scanned, download } = await startWithImage();
    scanned();

    expect((await download(documentOf(note), {})).status).toBe(401);
  });
});

import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { readVex } from '@esscm/vulnerabilities';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { openRealStore, scannedImage, storedFinding, storedMatching } from './test-support/stored-findings.js';
import { resultOf, startTestGateway } from './test-support/test-gateway.js';

const now = new Date('2026-11-23T06:00:00Z');
const lodash = 'pkg:npm/lodash@4.17.20';
let real: Awaited<ReturnType<typeof openRealStore>>;
let gateway: Awaited<ReturnType<typeof startTestGateway>>;
let session: Record<string, string>;
let imageId: string;

beforeAll(async () => {
  real = await openRealStore(() => now);
});
afterAll(() => real.close());

beforeEach(async () => {
  gateway = await startTestGateway({ store: real.store });
  session = await gateway.signIn();
  const documents = await real.store.vex.list(real.organizationId, {}, { first: 100 });
  for (const { id } of documents.items) await real.store.vex.delete(real.organizationId, id);
  imageId = (await scannedImage(real.store, real.organizationId, '1', storedMatching([storedFinding('CVE-2021-1'), storedFinding('CVE-2021-2')]))).image.id;
});

const statement = { vulnerability: { name: 'CVE-2021-1' }, products: [{ '@id': lodash }], status: 'not_affected', justification: 'component_not_present', impact_statement: 'Not bundled.' };
const openVex = (changes: object = {}): string =>
  JSON.stringify({ '@context': 'https://openvex.dev/ns/v0.2.0', '@id': 'https://example.org/vex/1', author: 'Vendor', timestamp: '2026-11-01T00:00:00Z', version: 1, statements: [statement, { vulnerability: { name: 'CVE-1999-1' }, status: 'fixed' }], ...changes });

async function upload(text: string, headers: Record<string, string> = session, name = 'vendor.json') {
  const response = await fetch(`${gateway.address}/api/vex-documents?name=${encodeURIComponent(name)}`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: text });
  const body: unknown = await response.json();
  return { status: response.status, body: body as { readonly id: string; readonly errors: readonly { readonly message: string; readonly extensions: Record<string, string> }[] } };
}

/** Says that every statement about a vulnerability decides it, as a scanner would after judging. */
async function apply(): Promise<void> {
  for (const target of await real.store.vex.behind(100)) {
    const candidates = (await real.store.vex.candidates([target])).filter((candidate) => candidate.vulnerability === 'CVE-2021-1');
    const verdicts = candidates.map(({ position, vulnerability, packageKey, documentId, statement: place }, rank) => ({ position, vulnerability, packageKey, rank, documentId, statement: place, status: 'not_affected' as const, justification: 'component_not_present', detail: { impact: 'Not bundled.', statedAt: '2026-11-01T00:00:00Z', reason: 'It speaks of lodash.', overruled: [] } }));
    await real.store.vex.apply([{ target, verdicts }]);
  }
}

const documentQuery = `query($id: ID!) { vexDocument(id: $id) { name source format documentId author version issued location statementCount problems addedBy
  effect { findings images hidden overruled reopens silentStatements }
  statements { edges { node { position vulnerabilityId status justification impact products productCount silence effect { findings } } } } } }`;

test('a document that is uploaded is listed with what each of its statements changes', async () => {
  const rung: unknown[] = [];
  gateway.jobs.listeners.add((payload) => rung.push(payload));
  const { status, body } = await upload(openVex());
  expect([status, body]).toEqual([201, { id: expect.stringMatching(/^vex_/), name: 'vendor.json', outcome: 'added', statementCount: 2, problems: [] }]);
  expect(rung).toEqual([{}]);
  const progress = await gateway.query('{ vexProgress { imagesBehind } }', {}, session);
  expect(resultOf<{ imagesBehind: number }>(progress, 'vexProgress').imagesBehind).toBeGreaterThan(0);
  await apply();
  const { data, errors } = await gateway.query(documentQuery, { id: body.id }, session);
  expect(errors).toBeUndefined();
  expect(data?.['vexDocument']).toMatchObject({
    name: 'vendor.json',
    source: 'UPLOADED',
    format: 'OPENVEX',
    documentId: 'https://example.org/vex/1',
    author: 'Vendor',
    version: '1',
    issued: '2026-11-01T00:00:00Z',
    location: 'vendor.json',
    statementCount: 2,
    problems: [],
    addedBy: 'Ada',
    effect: { overruled: 0, silentStatements: 1 },
    statements: {
      edges: [
        { node: { position: 0, vulnerabilityId: 'CVE-2021-1', status: 'NOT_AFFECTED', justification: 'component_not_present', impact: 'Not bundled.', products: [lodash], productCount: 1, silence: null } },
        { node: { position: 1, vulnerabilityId: 'CVE-1999-1', status: 'FIXED', products: [], productCount: 0, silence: 'NO_PRODUCT', effect: { findings: 0 } } },
      ],
    },
  });
});

test('the finding says who settled it, the image how many, and the history that it is open again', async () => {
  const { body } = await upload(openVex());
  await apply();
  const findings = async () => {
    const { data, errors } = await gateway.query(
      `query($imageId: ID!) { image(id: $imageId) { settledByVexCount } findings(filter: { imageId: $imageId }) { edges { node { vulnerabilityId state decision { id } verdict { status justification impact statedAt reason documentId documentName source author } } } }
        open: findings(filter: { imageId: $imageId, states: [UNTRIAGED, UNDER_INVESTIGATION, AFFECTED] }) { totalCount { count } }
        findingEvents(first: 1, filter: { imageId: $imageId }) { edges { node { kind cause changes { name before after } } } } }`,
      { imageId },
      session,
    );
    expect(errors).toBeUndefined();
    return data;
  };
  const verdict = { status: 'NOT_AFFECTED', justification: 'component_not_present', impact: 'Not bundled.', statedAt: '2026-11-01T00:00:00Z', reason: 'It speaks of lodash.', documentId: body.id, documentName: 'vendor.json', source: 'UPLOADED', author: 'Vendor' };
  const words = 'not affected according to vendor.json by Vendor';
  expect(await findings()).toEqual({
    image: { settledByVexCount: 1 },
    findings: {
      edges: [
        { node: { vulnerabilityId: 'CVE-2021-1', state: 'NOT_AFFECTED', decision: null, verdict } },
        { node: { vulnerabilityId: 'CVE-2021-2', state: 'UNTRIAGED', decision: null, verdict: null } },
      ],
    },
    open: { totalCount: { count: 1 } },
    findingEvents: { edges: [{ node: { kind: 'CHANGED', cause: 'VEX', changes: [{ name: 'vex', before: null, after: words }] } }] },
  });
  const { data } = await gateway.query('mutation($id: ID!) { removeVexDocument(id: $id) { ... on RemoveVexDocumentPayload { id } } }', { id: body.id }, session);
  expect(data).toEqual({ removeVexDocument: { id: body.id } });
  expect(await findings()).toMatchObject({
    image: { settledByVexCount: 0 },
    open: { totalCount: { count: 2 } },
    findingEvents: { edges: [{ node: { changes: [{ name: 'vex', before: words, after: null }] } }] },
  });
});

describe('an upload is refused', () => {
  test.each([
    ['no JSON', 'nonsense', 422, 'vex-malformed'],
    ['nothing', '', 422, 'vex-malformed'],
    ['something else', '{"bomFormat":"SPDX"}', 422, 'vex-malformed'],
    ['an SBOM that states nothing', '{"bomFormat":"CycloneDX","specVersion":"1.6"}', 422, 'vex-malformed'],
    ['a status nobody knows', openVex({ statements: [{ ...statement, status: 'harmless' }] }), 422, 'vex-malformed'],
  ])('when it is %s', async (_what, text, status, reason) => {
    const answer = await upload(text);
    expect([answer.status, answer.body.errors[0]?.extensions['reason'], answer.body.errors[0]?.extensions['remedy']]).toEqual([status, reason, expect.stringMatching(/\.$/)]);
    expect((await real.store.vex.list(real.organizationId, {}, { first: 1 })).items).toEqual([]);
  });

  test('when it is too large', async () => {
    expect((await upload(' '.repeat(16 * 1024 * 1024 + 1))).status).toBe(413);
  });

  test('without a session, and from a page of somebody else', async () => {
    expect((await upload(openVex(), {})).status).toBe(401);
    expect((await upload(openVex(), { ...session, 'sec-fetch-site': 'cross-site' })).status).toBe(401);
    expect((await upload(openVex(), { ...session, origin: 'https://evil.example' })).status).toBe(401);
  });
});

test('one bad statement is named and does not lose the others', async () => {
  const { status, body } = await upload(openVex({ statements: [statement, { ...statement, status: 'harmless' }] }));
  expect([status, body]).toMatchObject([201, { statementCount: 1, problems: [expect.stringMatching(/^Statement 2: /)] }]);
});

test('another version replaces the first, the same text nothing', async () => {
  const first = await upload(openVex());
  expect((await upload(openVex({ version: 2 }))).body).toMatchObject({ id: first.body.id, outcome: 'replaced' });
  expect((await upload(openVex({ version: 2 }))).body).toMatchObject({ id: first.body.id, outcome: 'unchanged' });
});

describe('an address', () => {
  const add = async (address: string) => {
    const { data, errors } = await gateway.query(
      `mutation($input: AddVexAddressInput!) { addVexAddress(input: $input) { __typename ... on VexDocumentPayload { outcome document { id name source location nextCheckAt } }
        ... on VexDocumentProblem { code reason message remedy } ... on ValidationProblem { issues { field message } } } }`,
      { input: { address } },
      session,
    );
    expect(errors).toBeUndefined();
    return data?.['addVexAddress'];
  };

  test.each([
    ['not an address', 'ValidationProblem'],
    ['https://user:secret@example.org/vex.json', 'ValidationProblem'],
    ['http://vex.example.org/vex.json', 'VexDocumentProblem'],
    ['file:///etc/passwd', 'VexDocumentProblem'],
    ['https://169.254.169.254/latest/meta-data', 'VexDocumentProblem'],
    ['https://10.0.0.1/vex.json', 'VexDocumentProblem'],
  ])('such as %s is refused', async (address, __typename) => {
    expect(await add(address)).toMatchObject({ __typename });
    expect(gateway.log.join('')).not.toContain('user:secret');
  });

  test('of this machine is not fetched, whatever it would say', async () => {
    const asked: string[] = [];
    const server: Server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end(openVex());
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    onTestFinished(() => void server.close());
    const address = server.address();
    expect(await add(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/vex.json`)).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', reason: 'blocked', remedy: expect.stringContaining('ESSCM_PRIVATE_NETWORKS') });
    expect(asked).toEqual([]);
  });
});

test('trust in what is attached is off until somebody says so', async () => {
  const trusts = async () => {
    const { data } = await gateway.query('{ attachedVexTrusts { connectionId connectionName trusted trustedBy } }', {}, session);
    return resultOf<readonly { connectionId: string; trusted: boolean }[]>({ data }, 'attachedVexTrusts');
  };
  const [first] = await trusts();
  expect(first).toMatchObject({ trusted: false, trustedBy: null });
  const set = (connectionId: string | undefined, trusted: boolean) =>
    gateway.query('mutation($connectionId: ID!, $trusted: Boolean!) { setAttachedVexTrust(connectionId: $connectionId, trusted: $trusted) { ... on AttachedVexTrust { trusted trustedBy } ... on NotFoundProblem { code } } }', { connectionId, trusted }, session);
  expect((await set(first?.connectionId, true)).data).toEqual({ setAttachedVexTrust: { trusted: true, trustedBy: 'Ada' } });
  expect((await trusts())[0]).toMatchObject({ trusted: true });
  expect((await set(first?.connectionId, false)).data).toEqual({ setAttachedVexTrust: { trusted: false, trustedBy: null } });
  expect((await set('con_unknown', true)).data).toEqual({ setAttachedVexTrust: { code: 'NOT_FOUND' } });
});

describe('what is known of an image is given out', () => {
  const download = (path: string, headers = session) => fetch(`${gateway.address}${path}`, { headers });

  test.each(['openvex', 'csaf', 'cyclonedx'])('as %s, with what people decided, documents say, and nobody judged', async (format) => {
    await upload(openVex());
    await apply();
    const target = { vulnerability: 'CVE-2021-2', packageKey: 'pkg:npm/lodash', scopeKey: '', hadFix: true };
    const { made: [decision] } = await real.store.triage.decide(real.organizationId, [target], { scope: 'everywhere', state: 'accepted_risk', reason: 'Until the rewrite.', author: 'Ada', reopenWhenFixed: false });
    const response = await download(`/api/images/${imageId}/vex?format=${format}`);
    expect([response.status, response.headers.get('content-disposition')]).toEqual([200, expect.stringMatching(/^attachment; filename="shop_1\.[a-z.]*json"$/)]);
    const { statements } = readVex(await response.text(), { location: 'the download' });
    const said = statements.map(({ vulnerability, status, products: [first] }) => [vulnerability, status, (first?.subcomponent ?? first?.product)?.packageUrls[0]]);
    expect(said).toEqual([
      ['CVE-2021-1', 'not_affected', lodash],
      ['CVE-2021-2', 'affected', lodash],
    ]);
    await real.store.triage.withdraw(real.organizationId, [decision?.id ?? '']);
    const again = readVex(await (await download(`/api/images/${imageId}/vex?format=${format}`)).text(), { location: 'the download' });
    expect(again.statements.find(({ vulnerability }) => vulnerability === 'CVE-2021-2')?.status).toBe('under_investigation');
  });

  test('for a version of a project with all its images, at the paths the API names', async () => {
    const { data, errors } = await gateway.query('query($id: ID!) { image(id: $id) { content { vexDownloads { format path } } projectVersion { id projectId } } }', { id: imageId }, session);
    expect(errors).toBeUndefined();
    const { content, projectVersion } = resultOf<{ content: { vexDownloads: { format: string; path: string }[] }; projectVersion: { id: string; projectId: string } }>({ data }, 'image');
    expect(content.vexDownloads.map(({ format }) => format)).toEqual(['openvex', 'csaf', 'cyclonedx']);
    const response = await download(`/api/project-versions/${projectVersion.id}/vex`);
    const { statements } = readVex(await response.text(), { location: 'the download' });
    expect(new Set(statements.map(({ vulnerability }) => vulnerability))).toEqual(new Set(['CVE-2021-1', 'CVE-2021-2']));
  });

  test.each([
    ['to nobody who is not signed in', () => download(`/api/images/${imageId}/vex`, {}), 401],
    ['in no other format', () => download(`/api/images/${imageId}/vex?format=pdf`), 400],
    ['for no image that is not there', () => download('/api/images/img_unknown/vex'), 404],
    ['for no version that is not there', () => download('/api/project-versions/ver_unknown/vex'), 404],
  ])('%s', async (_what, ask, status) => {
    expect((await ask()).status).toBe(status);
  });
});

import type { VerificationReport } from '@esscm/registry-core';
import { describe, expect, test } from 'vitest';
import { resultOf, startTestGateway } from '../../test-support/test-gateway.js';

const secret = 'wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY';
const nextSecret = 'nextSecretOfTheSameUserInTheSameAccount0';
const report = (overrides: Partial<VerificationReport> = {}): VerificationReport => ({
  status: 'verified',
  account: '123456789012',
  checkedAt: '2026-11-23T06:00:00.000Z',
  checks: [],
  problems: [],
  ...overrides,
});

describe('preparing credentials', () => {
  const prepare = `mutation($input: PrepareCredentialsInput!) {
    prepareCredentials(input: $input) {
      ... on PreparedCredentials { draft { id credentialKindId settings { name value } verification { status } } guide { snippet } }
      ... on Problem { code message }
    }
  }`;
  const verify = `mutation($input: VerifyCredentialsInput!) {
    verifyCredentials(input: $input) { ... on VerifyCredentialsPayload { draft { id settings { name value } } } ... on ValidationProblem { issues { field message } } }
  }`;
  const role = { plugin: 'ecr', variant: 'private', credentialKind: 'role' };
  const values = [
    { name: 'roleArn', value: 'arn:aws:iam::123456789012:role/esscm' },
    { name: 'assumedBy', value: 'access-key' },
    { name: 'accessKeyId', value: 'AKIAIOSFODNN7EXAMPLE' },
    { name: 'secretAccessKey', value: secret },
    { name: 'region', value: 'eu-central-1' },
  ];
  type Prepared = { draft: { id: string; settings: readonly { name: string; value: string }[] }; guide: { snippet: string } };

  test('makes an external ID for the connection, shows it in the guide, and makes no other the next time', async () => {
    const gateway = await startTestGateway();
    const session = await gateway.signIn();

    const first = resultOf<Prepared>(await gateway.query(prepare, { input: { ...role, values: [] } }, session), 'prepareCredentials');
    const again = resultOf<Prepared>(await gateway.query(prepare, { input: { ...role, draftId: first.draft.id, values } }, session), 'prepareCredentials');

    const externalId = first.draft.settings.find(({ name }) => name === 'externalId')?.value;
    expect(externalId).toMatch(/^esscm-[0-9a-f]{32}$/);
    expect([first.guide.snippet, again.guide.snippet]).toEqual([externalId, externalId]);
    expect(JSON.stringify(await gateway.store.drafts.readSecrets('org_1', first.draft.id))).not.toContain(secret);
  });

  test('takes no external ID from a user', async () => {
    const gateway = await startTestGateway({ registry: { verify: () => Promise.resolve(report()) } });
    const session = await gateway.signIn();
    const prepared = resultOf<Prepared>(await gateway.query(prepare, { input: { ...role, values: [] } }, session), 'prepareCredentials');
    const chosen = { name: 'externalId', value: 'esscm-chosen-by-somebody-else' };

    const answer = await gateway.query(verify, { input: { ...role, draftId: prepared.draft.id, values: [...values, chosen] } }, session);

    const { draft } = resultOf<Prepared>(answer, 'verifyCredentials');
    expect(draft.settings.filter(({ name }) => name === 'externalId')).toEqual(prepared.draft.settings.filter(({ name }) => name === 'externalId'));
  });

  test.each([
    [{ ...role, credentialKind: 'none' }, 'There is no such kind of credential.'],
    [{ ...role, plugin: 'none' }, 'There is no such kind of credential.'],
  ])('%j is refused', async (wrong, message) => {
    const gateway = await startTestGateway();

    expect((await gateway.query(prepare, { input: { ...wrong, values: [] } }, await gateway.signIn())).data).toEqual({ prepareCredentials: { code: 'INVALID_INPUT', message } });
  });

  test('a kind or field that the operator does not allow is neither shown nor taken', async () => {
    const machine = { plugin: 'ecr', variant: 'private', credentialKind: 'machine', values: [{ name: 'region', value: 'eu-central-1' }, { name: 'apiEndpoint', value: 'https://elsewhere.example' }] };
    const kinds = '{ plugin(id: "ecr") { variants { credentialKinds { id available fields { name } } } } }';
    const refusing = await startTestGateway();
    const allowing = await startTestGateway({ operatorSettings: { 'ecr.machineIdentity': 'container' }, registry: { verify: () => Promise.resolve(report()) } });

    const refused = await refusing.query(verify, { input: machine }, await refusing.signIn());
    const session = await allowing.signIn();
    const taken = await allowing.query(verify, { input: machine }, session);
    const shown = JSON.stringify((await allowing.query(kinds, {}, session)).data);

    expect(refused.data).toEqual({ verifyCredentials: { issues: [{ field: '', message: 'The operator of this server does not allow this kind of credential.' }] } });
    expect(taken.data).toMatchObject({ verifyCredentials: { draft: { settings: [{ name: 'region', value: 'eu-central-1' }] } } });
    expect([shown.includes('"id":"machine","available":true'), shown.includes('apiEndpoint')]).toEqual([true, false]);
  });
});

describe('a connection', () => {
  const connect = `mutation($input: ConnectInput!) {
    connect(input: $input) { ... on ConnectPayload { connection { id withoutScanning scanCounts { queued } } } ... on ValidationProblem { issues { field message } } }
  }`;
  const rotate = `mutation($input: RotateCredentialsInput!) {
    rotateCredentials(input: $input) {
      __typename
      ... on RotateCredentialsPayload { connection { credentialHint credentialSetAt credentialExpiresAt verification { status } } }
      ... on CredentialsRefusedProblem { message report { status problems { message } } }
      ... on ValidationProblem { issues { field message } }
    }
  }`;
  const image = { reference: '123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app:1', projectName: 'Shop', projectVersion: '1' };
  const nextKey = [
    { name: 'accessKeyId', value: 'AKIANEXTNEXTNEXTNEXT' },
    { name: 'secretAccessKey', value: nextSecret },
  ];

  /** A gateway whose registry gives the reports in turn, the last one for ever; with a draft that was verified by the first. */
  async function startVerified(...reports: readonly VerificationReport[]) {
    const waiting = [...reports];
    const gateway = await startTestGateway({ registry: { verify: () => Promise.resolve((waiting.length > 1 ? waiting.shift() : waiting[0]) ?? report()) } });
    const session = await gateway.signIn();
    const input = {
      plugin: 'ecr',
      variant: 'private',
      credentialKind: 'access-key',
      values: [
        { name: 'accessKeyId', value: 'AKIAIOSFODNN7EXAMPLE' },
        { name: 'secretAccessKey', value: secret },
        { name: 'region', value: 'eu-central-1' },
      ],
    };
    const verify = 'mutation($input: VerifyCredentialsInput!) { verifyCredentials(input: $input) { ... on VerifyCredentialsPayload { draft { id } } } }';
    const { draft } = resultOf<{ draft: { id: string } }>(await gateway.query(verify, { input }, session), 'verifyCredentials');
    const connectWith = (more: object = {}) =>
      gateway.query(connect, { input: { clientMutationId: 'one', plugin: 'ecr', variant: 'private', name: 'Ours', draftId: draft.id, images: [image], ...more } }, session);
    return { gateway, session, connectWith };
  }

  async function startConnected(...reports: readonly VerificationReport[]) {
    const started = await startVerified(...reports);
    const { connection } = resultOf<{ connection: { id: string } }>(await started.connectWith(), 'connect');
    const rotateWith = (values: readonly object[]) => started.gateway.query(rotate, { input: { connectionId: connection.id, values } }, started.session);
    return { ...started, connectionId: connection.id, rotateWith };
  }

  test('gets new credentials in place once they were seen to work', async () => {
    const { gateway, connectionId, rotateWith } = await startConnected(report());
    gateway.time.now = new Date('2027-03-01T06:00:00Z');

    const answer = await rotateWith(nextKey);

    expect(answer.data).toEqual({
      rotateCredentials: {
        __typename: 'RotateCredentialsPayload',
        connection: { credentialHint: 'AKIA…XT in eu-central-1', credentialSetAt: '2027-03-01T06:00:00.000Z', credentialExpiresAt: null, verification: { status: 'VERIFIED' } },
      },
    });
    expect(await gateway.store.connections.readSecrets('org_1', connectionId)).toEqual({ secretAccessKey: nextSecret });
    expect(JSON.stringify(answer) + gateway.log.join('')).not.toContain(nextSecret);
  });

  test('keeps its credentials when the new ones do not work', async () => {
    const failed = report({ status: 'failed', problems: [{ heading: 'Credentials verification failed', message: 'Wrong.', actions: [] }] });
    const { gateway, connectionId, rotateWith } = await startConnected(report(), failed);

    const answer = await rotateWith(nextKey);

    expect(answer.data).toEqual({
      rotateCredentials: {
        __typename: 'CredentialsRefusedProblem',
        message: 'The new credentials do not work, so the present ones stay.',
        report: { status: 'FAILED', problems: [{ message: 'Wrong.' }] },
      },
    });
    expect(await gateway.store.connections.readSecrets('org_1', connectionId)).toEqual({ secretAccessKey: secret });
  });

  test('does not become one to another account', async () => {
    const { rotateWith } = await startConnected(report(), report({ account: '999988887777' }));

    expect((await rotateWith(nextKey)).data).toMatchObject({
      rotateCredentials: { issues: [{ field: '', message: 'These credentials do not open account 123456789012, which this connection reads. Make another connection for them.' }] },
    });
  });

  test.each([
    [[], 'secretAccessKey', 'Enter the AWS secret access key.'],
    [[{ name: 'accessKeyId', value: 'ASIANEXTNEXTNEXTNEXT' }, { name: 'secretAccessKey', value: nextSecret }], 'sessionToken', 'Enter the AWS session token that came with this temporary key.'],
  ])('with half a new key is refused', async (values, field, message) => {
    const { rotateWith } = await startConnected(report());

    expect((await rotateWith(values)).data).toMatchObject({ rotateCredentials: { issues: [{ field, message }] } });
  });

  test('leaves the registry where it is: another place is refused, the same one is none', async () => {
    const { rotateWith } = await startConnected(report());
    const moved = await rotateWith([...nextKey, { name: 'region', value: 'eu-west-3' }, { name: 'moreRegions', value: 'eu-west-1' }]);
    const message = 'This says where the registry is, which new credentials do not change. Make another connection for it.';
    expect(moved.data).toMatchObject({ rotateCredentials: { issues: [{ field: 'region', message }, { field: 'moreRegions', message }] } });
    expect((await rotateWith([...nextKey, { name: 'region', value: 'eu-central-1' }])).data).toMatchObject({ rotateCredentials: { connection: {} } });
  });

  test('with a temporary key says when it ends, and forgets that with the next', async () => {
    const { rotateWith } = await startConnected(report());
    const temporary = [
      { name: 'accessKeyId', value: 'ASIANEXTNEXTNEXTNEXT' },
      { name: 'secretAccessKey', value: nextSecret },
      { name: 'sessionToken', value: 'token-of-the-session' },
      { name: 'sessionExpiresAt', value: '2026-11-24T06:00:00Z' },
    ];

    expect((await rotateWith(temporary)).data).toMatchObject({ rotateCredentials: { connection: { credentialExpiresAt: '2026-11-24T06:00:00.000Z' } } });
    expect((await rotateWith(nextKey)).data).toMatchObject({ rotateCredentials: { connection: { credentialExpiresAt: null } } });
  });

  test('is not made of credentials that scanning does not work with, unless the user says so', async () => {
    const { gateway, connectWith } = await startVerified(report({ status: 'failed' }));

    expect((await connectWith()).data).toEqual({
      connect: { issues: [{ field: 'withoutScanning', message: 'Scanning does not work with these credentials. Verify them again, or connect without scanning.' }] },
    });
    expect((await connectWith({ withoutScanning: true })).data).toMatchObject({ connect: { connection: { withoutScanning: true, scanCounts: { queued: 0 } } } });
    expect(gateway.jobs.added).toEqual([]);
  });

  test('made without scanning scans its images once a verification succeeds', async () => {
    const { gateway, session, connectWith } = await startVerified(report({ status: 'failed' }), report());
    const { connection } = resultOf<{ connection: { id: string } }>(await connectWith({ withoutScanning: true }), 'connect');

    await gateway.query('mutation($id: ID!) { verifyConnection(id: $id) { __typename } }', { id: connection.id }, session);

    const { data } = await gateway.query('query($id: ID!) { connection(id: $id) { withoutScanning scanCounts { queued } } }', { id: connection.id }, session);
    expect(data).toEqual({ connection: { withoutScanning: false, scanCounts: { queued: 1 } } });
    expect(gateway.jobs.added).toHaveLength(1);
  });

  test('is never made of credentials that would let others in', async () => {
    const unsafe = report({ status: 'failed', checks: [{ action: 'sts:AssumeRole', required: true, outcome: 'unsafe' }] });
    const { connectWith } = await startVerified(unsafe);

    expect((await connectWith({ withoutScanning: true })).data).toEqual({
      connect: { issues: [{ field: 'draftId', message: 'These credentials would let others in as well. Mend them and verify again.' }] },
    });
  });
});

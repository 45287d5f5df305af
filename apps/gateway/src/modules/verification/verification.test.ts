import { RegistryError, type VerificationReport } from '@esscm/registry-core';
import { describe, expect, test } from 'vitest';
import { startTestGateway } from '../../test-support/test-gateway.js';

const verify = `mutation($input: VerifyCredentialsInput!) {
  verifyCredentials(input: $input) {
    __typename
    ... on VerifyCredentialsPayload {
      draft { id name credentialHint settings { name label value } verification { status } expiresAt }
      report { status principal checks { action purpose outcome deniedBy } problems { heading message } }
    }
    ... on ValidationProblem { issues { field message } }
    ... on ThrottledProblem { message }
  }
}`;

const secret = 'wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY';
const values = [
  { name: 'accessKeyId', value: 'AKIAIOSFODNN7EXAMPLE' },
  { name: 'secretAccessKey', value: secret },
  { name: 'region', value: 'eu-central-1' },
];
const input = { plugin: 'ecr', variant: 'private', name: 'Ours', credentialKind: 'access-key', values };

const limited: VerificationReport = {
  status: 'limited',
  principal: 'arn:aws:iam::123456789012:user/esscm',
  checkedAt: '2026-11-23T06:00:00.000Z',
  checks: [{ action: 'ecr:DescribeImages', required: false, outcome: 'denied-explicit', deniedBy: 'service-control-policy' }],
  problems: [],
};

describe('verifying credentials', () => {
  test('saves a draft with the report, and gives no secret back', async () => {
    const gateway = await startTestGateway({ registry: { verify: () => Promise.resolve(limited) } });
    const session = await gateway.signIn();

    const answer = await gateway.query(verify, { input }, session);

    const draft = {
      id: expect.stringMatching(/^drf_/),
      name: 'Ours',
      credentialHint: 'AKIA…LE in eu-central-1',
      settings: [
        { name: 'accessKeyId', label: 'AWS access key ID', value: 'AKIAIOSFODNN7EXAMPLE' },
        { name: 'region', label: 'AWS region', value: 'eu-central-1' },
      ],
      verification: { status: 'LIMITED' },
      expiresAt: '2026-11-24T06:00:00.000Z',
    };
    expect(answer.data).toEqual({
      verifyCredentials: {
        __typename: 'VerifyCredentialsPayload',
        draft,
        report: {
          status: 'LIMITED',
          principal: 'arn:aws:iam::123456789012:user/esscm',
          checks: [{ action: 'ecr:DescribeImages', purpose: 'Sizes and push dates', outcome: 'DENIED_EXPLICIT', deniedBy: 'SERVICE_CONTROL_POLICY' }],
          problems: [],
        },
      },
    });
    const { verifyCredentials } = answer.data as { verifyCredentials: { draft: { id: string } } };
    const read = await gateway.query('query($id: ID!) { connectionDraft(id: $id) { id verification { status } } }', { id: verifyCredentials.draft.id }, session);
    expect(read.data).toEqual({ connectionDraft: { id: verifyCredentials.draft.id, verification: { status: 'LIMITED' } } });
    expect(JSON.stringify(answer) + gateway.log.join('')).not.toContain(secret);
  });

  test('keeps the secret of the earlier draft when it is not typed again', async () => {
    const gateway = await startTestGateway({ registry: { verify: () => Promise.resolve(limited) } });
    const session = await gateway.signIn();
    const first = await gateway.query(verify, { input }, session);
    const { verifyCredentials } = first.data as { verifyCredentials: { draft: { id: string } } };
    const again = { ...input, draftId: verifyCredentials.draft.id, values: values.map((value) => (value.name === 'secretAccessKey' ? { ...value, value: '' } : value)) };

    expect((await gateway.query(verify, { input: again }, session)).data).toMatchObject({
      verifyCredentials: { __typename: 'VerifyCredentialsPayload', draft: { id: verifyCredentials.draft.id } },
    });
    const { draftId: _draftId, ...without } = again;
    expect((await gateway.query(verify, { input: without }, session)).data).toEqual({
      verifyCredentials: { __typename: 'ValidationProblem', issues: [{ field: 'secretAccessKey', message: 'Enter the AWS secret access key.' }] },
    });
  });

  test('tells a registry that cannot be opened as a failed report', async () => {
    const gateway = await startTestGateway({
      registry: {
        verify: () => Promise.reject(new RegistryError({ kind: 'unreachable', heading: 'Cannot reach AWS', message: 'api.ecr did not answer within 10 s.' })),
      },
    });

    const { data } = await gateway.query(verify, { input }, await gateway.signIn());

    expect(data).toMatchObject({
      verifyCredentials: {
        report: { status: 'FAILED', checks: [], problems: [{ heading: 'Cannot reach AWS', message: 'api.ecr did not answer within 10 s.' }] },
      },
    });
  });

  test('is limited to ten a minute for each user', async () => {
    const gateway = await startTestGateway({ registry: { verify: () => Promise.resolve(limited) } });
    const session = await gateway.signIn();

    for (let count = 0; count < 10; count += 1) {
      expect((await gateway.query(verify, { input }, session)).data).toMatchObject({ verifyCredentials: { __typename: 'VerifyCredentialsPayload' } });
    }
    expect((await gateway.query(verify, { input }, session)).data).toEqual({
      verifyCredentials: { __typename: 'ThrottledProblem', message: 'Too many attempts. Try again in 1 minute.' },
    });
  });

  test.each([
    [{ plugin: 'none' }, { field: 'plugin', message: 'This plugin is not installed.' }],
    [{ values: [{ name: 'x', value: 'y'.repeat(16_385) }] }, { field: 'x', message: 'This value is too long.' }],
    [{ description: 'x'.repeat(501) }, { field: 'description', message: 'A description has at most 500 characters.' }],
  ])('is refused with the rule that is broken', async (wrong, issue) => {
    const gateway = await startTestGateway();

    const { data } = await gateway.query(verify, { input: { ...input, ...wrong } }, await gateway.signIn());

    expect(data).toEqual({ verifyCredentials: { __typename: 'ValidationProblem', issues: [issue] } });
  });
});

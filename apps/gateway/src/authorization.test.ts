import { type GraphQLField, type GraphQLInputType, isEnumType, isInputObjectType, isLeafType, isListType, isNonNullType } from 'graphql';
import { describe, expect, test } from 'vitest';
import { buildGatewaySchema } from './graphql/build-gateway-schema.js';
import { resultOf, startTestGateway } from './test-support/test-gateway.js';

const publicFields = ['Query.viewer', 'Query.installation', 'Mutation.createAdministrator', 'Mutation.signIn'];

const createToken = `mutation($input: CreateAccessTokenInput!) {
  createAccessToken(input: $input) {
    ... on CreateAccessTokenPayload { secret accessToken { id name scopes lastUsedAt expiresAt } }
    ... on ValidationProblem { issues { field message } }
  }
}`;

/** A value of a type in GraphQL's own notation, the smallest there is. */
function literal(type: GraphQLInputType): string {
  if (isNonNullType(type)) return literal(type.ofType);
  if (isListType(type)) return '[]';
  if (isEnumType(type)) return type.getValues()[0]?.name ?? '';
  if (isInputObjectType(type)) {
    const needed = Object.values(type.getFields()).filter((field) => isNonNullType(field.type) && field.defaultValue === undefined);
    return `{ ${needed.map((field) => `${field.name}: ${literal(field.type)}`).join(', ')} }`;
  }
  return type.name === 'Int' ? '1' : type.name === 'Boolean' ? 'true' : '"x"';
}

function selectionOf(field: GraphQLField<unknown, unknown>): string {
  const needed = field.args.filter((argument) => isNonNullType(argument.type) && argument.defaultValue === undefined);
  const parameters = needed.length === 0 ? '' : `(${needed.map((argument) => `${argument.name}: ${literal(argument.type)}`).join(', ')})`;
  const named = isNonNullType(field.type) ? field.type.ofType : field.type;
  const inner = isListType(named) ? (isNonNullType(named.ofType) ? named.ofType.ofType : named.ofType) : named;
  return `${field.name}${parameters}${isLeafType(inner) ? '' : ' { __typename }'}`;
}

const schema = buildGatewaySchema();
const fields = [schema.getQueryType(), schema.getMutationType()].flatMap((root) =>
  Object.values(root?.getFields() ?? {}).map((field) => ({ name: `${root?.name}.${field.name}`, root: root?.name.toLowerCase() ?? '', field })),
);

describe('a field of Query or Mutation', () => {
  test('is refused to whoever is not signed in, but for the four that lead there', async () => {
    const gateway = await startTestGateway();
    const answered: string[] = [];

    for (const { name, root, field } of fields) {
      const { errors } = await gateway.query(`${root} { ${selectionOf(field)} }`);
      const code = errors?.[0]?.extensions['code'];
      if (code !== 'UNAUTHENTICATED') answered.push(`${name}`);
    }

    expect(answered.toSorted()).toEqual(publicFields.toSorted());
  });

  test('is refused to a token without its scope', async () => {
    const gateway = await startTestGateway();
    const session = await gateway.signIn();
    const answer = await gateway.query(createToken, { input: { name: 'pipeline', scopes: ['READ'] } }, session);
    const { secret } = resultOf<{ secret: string }>(answer, 'createAccessToken');
    const token = { authorization: `Bearer ${secret}` };
    const refused: string[] = [];

    for (const { name, root, field } of fields) {
      const { errors } = await gateway.query(`${root} { ${selectionOf(field)} }`, {}, token);
      if (errors?.[0]?.extensions['code'] === 'FORBIDDEN') refused.push(name);
    }

    expect(refused.toSorted()).toEqual(
      [
        'Mutation.addVexAddress',
        'Mutation.assignImage',
        'Mutation.refreshVexDocument',
        'Mutation.removeVexDocument',
        'Mutation.setAttachedVexTrust',
        'Mutation.cancelScan',
        'Mutation.cancelScans',
        'Mutation.pauseScanQueue',
        'Mutation.resumeScanQueue',
        'Mutation.retryFailedScans',
        'Mutation.changeWatch',
        'Mutation.checkConnection',
        'Mutation.connect',
        'Mutation.connectSample',
        'Mutation.createAccessToken',
        'Mutation.createEventSecret',
        'Mutation.deleteConnection',
        'Mutation.deleteView',
        'Mutation.requestScan',
        'Mutation.retryScan',
        'Mutation.revokeAccessToken',
        'Mutation.setSelections',
        'Mutation.trackImages',
        'Mutation.triageFindings',
        'Mutation.updateAdvisories',
        'Mutation.saveView',
        'Mutation.prepareCredentials',
        'Mutation.rotateCredentials',
        'Mutation.startConnectionVerification',
        'Mutation.startCredentialVerification',
        'Mutation.verifyConnection',
        'Mutation.verifyCredentials',
        'Mutation.withdrawDecisionBatch',
        'Mutation.withdrawDecisions',
        'Query.accessTokens',
        'Query.connectionDraft',
        'Query.referenceTags',
        'Query.registryImagePlatforms',
        'Query.registryImages',
        'Query.registryPagePlatforms',
        'Query.repositories',
        'Query.repositoryTree',
        'Query.resolveReference',
        'Query.selectedLayers',
        'Query.selectionPreview',
        'Query.verificationProgress',
      ].toSorted(),
    );
  });
});

describe('an access token', () => {
  test('is shown once, names its user, says when it was used, and ends when revoked', async () => {
    const gateway = await startTestGateway();
    const session = await gateway.signIn();

    const created = await gateway.query(createToken, { input: { name: 'pipeline', scopes: ['SCAN', 'READ'], expiresInDays: 30 } }, session);
    const payload = created.data?.['createAccessToken'] as { secret: string; accessToken: { id: string } };
    expect(payload.secret).toMatch(/^esscm_[0-9A-Za-z]{43}$/);
    const token = { authorization: `Bearer ${payload.secret}` };
    expect((await gateway.query('{ viewer { email } }', {}, token)).data).toEqual({ viewer: { email: 'ada@example.org' } });
    const listed = await gateway.query('{ accessTokens { name scopes expiresAt lastUsedAt } }', {}, session);
    expect(listed.data).toEqual({
      accessTokens: [{ name: 'pipeline', scopes: ['READ', 'SCAN'], expiresAt: '2026-12-23T06:00:00.000Z', lastUsedAt: '2026-11-23T06:00:00.000Z' }],
    });

    const revoke = 'mutation($id: ID!) { revokeAccessToken(id: $id) { __typename } }';
    expect((await gateway.query(revoke, { id: payload.accessToken.id }, session)).data).toEqual({
      revokeAccessToken: { __typename: 'RevokeAccessTokenPayload' },
    });
    expect((await gateway.query('{ viewer { email } }', {}, token)).data).toEqual({ viewer: null });
    expect((await gateway.query(revoke, { id: payload.accessToken.id }, session)).data).toEqual({ revokeAccessToken: { __typename: 'NotFoundProblem' } });
  });

  test('ends by itself', async () => {
    const gateway = await startTestGateway();
    const created = await gateway.query(createToken, { input: { name: 'short', scopes: ['READ'], expiresInDays: 1 } }, await gateway.signIn());
    const { secret } = resultOf<{ secret: string }>(created, 'createAccessToken');

    gateway.time.now = new Date('2026-11-24T06:00:01Z');

    expect((await gateway.query('{ viewer { email } }', {}, { authorization: `Bearer ${secret}` })).data).toEqual({ viewer: null });
  });

  test.each([
    [{ name: '', scopes: ['READ'] }, { field: 'name', message: 'Enter a name.' }],
    [{ name: 'a', scopes: [] }, { field: 'scopes', message: 'Choose at least one scope.' }],
    [{ name: 'a', scopes: ['READ'], expiresInDays: 366 }, { field: 'expiresInDays', message: 'A token lasts at most 365 days.' }],
  ])('is refused with %j', async (input, issue) => {
    const gateway = await startTestGateway();

    const answer = await gateway.query(createToken, { input }, await gateway.signIn());

    expect(answer.data).toEqual({ createAccessToken: { issues: [issue] } });
  });

  test.each(['Bearer nonsense', 'Basic YTpi', `Bearer esscm_${'0'.repeat(43)}`])('is nobody for %s, even with a session beside it', async (authorization) => {
    const gateway = await startTestGateway();

    expect((await gateway.query('{ viewer { id } }', {}, { ...(await gateway.signIn()), authorization })).data).toEqual({ viewer: null });
  });
});

import type { Api } from './api.js';
import { reader } from './registry.js';
import { until } from './until.js';

export const administrator = { name: 'Ada Lovelace', email: 'ada@example.org', password: 'correct horse battery staple' };
export const registryHost = '123456789012.dkr.ecr.us-east-1.amazonaws.com';

export interface ScanRow {
  readonly id: string;
  readonly state: string;
  readonly componentCount: number | null;
  readonly failure: { readonly heading: string; readonly message: string } | null;
  readonly image: { readonly id: string; readonly name: string; readonly tag: string | null };
}

/** Signs in as the first administrator, who is created by it. */
export async function createAdministrator(api: Api): Promise<void> {
  const { createAdministrator: created } = await api.run<{ createAdministrator: { __typename: string } }>(
    'mutation ($input: CreateAdministratorInput!) { createAdministrator(input: $input) { __typename } }',
    { input: administrator },
  );
  if (created.__typename !== 'SignInPayload') throw new Error(`No administrator was created: ${created.__typename}`);
}

/** A draft with a verified credential of {@link reader}. */
async function verifiedDraft(api: Api): Promise<string> {
  const { verifyCredentials } = await api.run<{ verifyCredentials: { draft: { id: string }; report: { status: string } } }>(
    `mutation ($input: VerifyCredentialsInput!) {
      verifyCredentials(input: $input) { ... on VerifyCredentialsPayload { draft { id } report { status } } }
    }`,
    {
      input: {
        plugin: 'ecr',
        variant: 'private',
        credentialKind: 'access-key',
        values: [
          { name: 'accessKeyId', value: reader.accessKeyId },
          { name: 'secretAccessKey', value: reader.secretAccessKey },
          { name: 'region', value: 'us-east-1' },
        ],
      },
    },
  );
  if (verifyCredentials.report.status !== 'VERIFIED') throw new Error(`The credential is ${verifyCredentials.report.status}.`);
  return verifyCredentials.draft.id;
}

/** Connects images (`repository:tag`) of the private registry; every call with the same `clientMutationId` is one connection. */
export async function connectPrivate(api: Api, name: string, images: readonly string[], clientMutationId: string = crypto.randomUUID()) {
  const draftId = await verifiedDraft(api);
  const { connect } = await api.run<{ connect: { __typename: string; connection: { id: string }; scans: { id: string }[] } }>(
    `mutation ($input: ConnectInput!) {
      connect(input: $input) { __typename ... on ConnectPayload { connection { id } scans { id } } ... on Problem { message } }
    }`,
    {
      input: {
        clientMutationId,
        plugin: 'ecr',
        variant: 'private',
        name,
        draftId,
        images: images.map((image) => ({ reference: `${registryHost}/${image}`, projectName: image.split(':')[0], projectVersion: image.split(':')[1] })),
      },
    },
  );
  if (connect.__typename !== 'ConnectPayload') throw new Error(JSON.stringify(connect));
  return connect;
}

/** Scans of a connection, or of everything. */
export async function scansOf(api: Api, connectionId?: string): Promise<readonly ScanRow[]> {
  const { scans } = await api.run<{ scans: { edges: { node: ScanRow }[] } }>(
    `query ($filter: ScanFilterInput) {
      scans(first: 100, filter: $filter) { edges { node { id state componentCount failure { heading message } image { id name tag } } } }
    }`,
    { filter: connectionId === undefined ? null : { connectionId } },
  );
  return scans.edges.map(({ node }) => node);
}

/** Waits until no scan is queued or running. */
export async function allScansEnded(api: Api, connectionId?: string): Promise<readonly ScanRow[]> {
  return until('all scans to end', async () => {
    const scans = await scansOf(api, connectionId);
    return scans.some(({ state }) => state === 'QUEUED' || state === 'RUNNING') ? undefined : scans;
  });
}

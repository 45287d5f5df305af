import { resultOf, type startTestGateway } from './test-gateway.js';

type TestGateway = Awaited<ReturnType<typeof startTestGateway>>;

/** Id of a draft of a private registry, whose credentials the gateway's registry has verified. */
export async function verifiedDraft(gateway: TestGateway, session: Awaited<ReturnType<TestGateway['signIn']>>): Promise<string> {
  const verified = await gateway.query(
    `mutation { verifyCredentials(input: { plugin: "ecr", variant: "private", name: "Ours", credentialKind: "access-key", values: [
      { name: "accessKeyId", value: "AKIAIOSFODNN7EXAMPLE" }, { name: "secretAccessKey", value: "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY" }, { name: "region", value: "eu-central-1" }] }) {
      ... on VerifyCredentialsPayload { draft { id } } } }`,
    {},
    session,
  );
  return resultOf<{ draft: { id: string } }>(verified, 'verifyCredentials').draft.id;
}

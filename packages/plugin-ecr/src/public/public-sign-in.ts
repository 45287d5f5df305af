import { RegistryError, Secret } from '@esscm/registry-core';
import { headings } from '../errors/headings.js';
import { translateAwsError } from '../errors/translate-aws-error.js';
import { keyIdentity } from '../identity/aws-identity.js';
import type { AwsIdentity } from '../identity/aws-identity.js';
import type { Renewable } from '../identity/shared-renewal.js';
import { awsClientSettings, verifyRetries } from '../private/aws-client-settings.js';

/** The API of ECR Public is in one region, whatever region images are pulled to. */
const publicRegion = 'us-east-1';
export const publicApiEndpoint = `https://api.ecr-public.${publicRegion}.amazonaws.com`;

/** A bearer token for public images, which raises their limits. */
export interface PublicSignIn {
  readonly token: Secret;
  readonly expiresAt: Date;
}

/** Whom the operator lets everybody pull public images as; undefined for nobody. */
export function publicIdentity(operatorSettings: Readonly<Record<string, string>>): AwsIdentity | undefined {
  const { 'ecr.publicAccessKeyId': accessKeyId = '', 'ecr.publicSecretAccessKey': secretAccessKey = '' } = operatorSettings;
  if (accessKeyId === '' || secretAccessKey === '') return undefined;
  return keyIdentity({ kind: 'access-key', accessKeyId, secretAccessKey: new Secret(secretAccessKey) });
}

/** Signs in to ECR Public. Needs `ecr-public:GetAuthorizationToken` and `sts:GetServiceBearerToken`. @throws RegistryError */
export async function signInToPublicRegistry(identity: AwsIdentity, endpoint: string, now: Date, signal: AbortSignal): Promise<Renewable<PublicSignIn>> {
  const { ECRPUBLIC } = await import('@aws-sdk/client-ecr-public');
  const client = new ECRPUBLIC(awsClientSettings(publicRegion, endpoint, identity, verifyRetries));
  try {
    const { authorizationData } = await client.getAuthorizationToken({}, { abortSignal: signal });
    const { authorizationToken, expiresAt } = authorizationData ?? {};
    if (authorizationToken === undefined || expiresAt === undefined) {
      throw new RegistryError({ kind: 'protocol', heading: headings.unexpected, message: 'AWS answered ecr-public:GetAuthorizationToken with no sign-in.' });
    }
    return {
      renewAt: new Date(now.getTime() + (expiresAt.getTime() - now.getTime()) / 2),
      // As it is: the registry takes it as a bearer token and refuses Basic.
      value: { token: new Secret(authorizationToken), expiresAt },
    };
  } catch (error) {
    throw translateAwsError(error, {
      action: 'ecr-public:GetAuthorizationToken',
      region: publicRegion,
      endpointHost: new URL(endpoint).host,
      ...(identity.accessKeyId !== undefined && { accessKeyId: identity.accessKeyId }),
    });
  } finally {
    client.destroy();
  }
}

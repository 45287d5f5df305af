import type { AssumeRoleCommandOutput, STS } from '@aws-sdk/client-sts';
import { translateAwsError } from '../errors/translate-aws-error.js';
import { awsClientSettings, verifyRetries } from '../private/aws-client-settings.js';
import type { AwsCredentials, AwsIdentity } from './aws-identity.js';

export interface CallerIdentity {
  /** ARN. */
  readonly principal?: string;
  /** 12 digits. */
  readonly account?: string;
}

/** A role to assume, and what limits the session. */
export interface AssumeRoleRequest {
  readonly roleArn: string;
  /** Absent to try whether the role asks for one. */
  readonly externalId?: string;
  readonly sessionName: string;
  /** JSON: the session may do what both this and the role's own policies allow. */
  readonly sessionPolicy: string;
  readonly durationSeconds: number;
}

/** AWS STS in one region. Always the regional host: sessions of the global one are refused in regions that are opted in. */
export class StsApi {
  readonly #region: string;
  readonly #endpoint: string;

  constructor(region: string, endpoint: string) {
    this.#region = region;
    this.#endpoint = endpoint;
  }

  /**
   * Who the credentials belong to. No policy can deny this, so a refusal is about the credentials themselves.
   * @throws RegistryError
   */
  async getCallerIdentity(identity: AwsIdentity, signal: AbortSignal): Promise<CallerIdentity> {
    return await this.#call('sts:GetCallerIdentity', identity, async (sts) => {
      const { Arn, Account } = await sts.getCallerIdentity({}, { abortSignal: signal });
      return { ...(Arn !== undefined && { principal: Arn }), ...(Account !== undefined && { account: Account }) };
    });
  }

  /** @throws RegistryError */
  async assumeRole(identity: AwsIdentity, request: AssumeRoleRequest, signal: AbortSignal): Promise<AwsCredentials> {
    return await this.#call(
      'sts:AssumeRole',
      identity,
      async (sts) =>
        readCredentials(
          await sts.assumeRole(
            {
              RoleArn: request.roleArn,
              RoleSessionName: request.sessionName,
              Policy: request.sessionPolicy,
              DurationSeconds: request.durationSeconds,
              ExternalId: request.externalId,
            },
            { abortSignal: signal },
          ),
        ),
      request.roleArn,
    );
  }

  /** For a pod or a job that is given a token instead of a key. @throws RegistryError */
  async assumeRoleWithWebIdentity(roleArn: string, sessionName: string, token: string): Promise<AwsCredentials> {
    const unsigned: AwsIdentity = { provide: async () => ({ accessKeyId: 'unsigned', secretAccessKey: 'unsigned' }) };
    return await this.#call(
      'sts:AssumeRoleWithWebIdentity',
      unsigned,
      async (sts) => readCredentials(await sts.assumeRoleWithWebIdentity({ RoleArn: roleArn, RoleSessionName: sessionName, WebIdentityToken: token })),
      roleArn,
    );
  }

  async #call<Output>(
    action: string,
    identity: AwsIdentity,
    operation: (sts: STS) => Promise<Output>,
    roleArn?: string,
  ): Promise<Output> {
    // Loaded here because the SDK takes longer to start than the rest of the product.
    const sdk = await import('@aws-sdk/client-sts');
    const sts = new sdk.STS(awsClientSettings(this.#region, this.#endpoint, identity, verifyRetries));
    try {
      return await operation(sts);
    } catch (error) {
      throw translateAwsError(error, {
        action,
        region: this.#region,
        endpointHost: new URL(this.#endpoint).host,
        ...(identity.accessKeyId !== undefined && { accessKeyId: identity.accessKeyId }),
        ...(roleArn !== undefined && { roleArn }),
      });
    } finally {
      sts.destroy();
    }
  }
}

function readCredentials(answer: AssumeRoleCommandOutput): AwsCredentials {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = answer.Credentials ?? {};
  if (AccessKeyId === undefined || SecretAccessKey === undefined) throw new Error('STS gave no credentials.');
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    ...(SessionToken !== undefined && { sessionToken: SessionToken }),
    ...(Expiration !== undefined && { expiration: Expiration }),
  };
}

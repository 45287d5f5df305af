import type { AccessKeyCredentials } from '../configuration/private-configuration.js';

/** Credentials as the AWS SDK takes them, in the clear: they go to the SDK and nowhere else. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/**
 * Whom calls to AWS are signed as. Every client is given one, so that the SDK never looks for credentials of its own
 * accord, and one identity never stands in for another.
 */
export interface AwsIdentity {
  /**
   * For the `credentials` of an AWS client.
   * @throws RegistryError when there are none
   */
  readonly provide: () => Promise<AwsCredentials>;
  /** The access key whose masked ID messages may show, where there is one. */
  readonly accessKeyId?: string;
}

/** The key a user entered. */
export function keyIdentity({ accessKeyId, secretAccessKey, sessionToken }: AccessKeyCredentials): AwsIdentity {
  return {
    accessKeyId,
    provide: async () => ({
      accessKeyId,
      secretAccessKey: secretAccessKey.reveal(),
      ...(sessionToken !== undefined && { sessionToken: sessionToken.reveal() }),
    }),
  };
}

import { shownAccessKeyId } from '../configuration/private-configuration.js';
import type { PrivateConfiguration } from '../configuration/private-configuration.js';
import { translateAwsError } from '../errors/translate-aws-error.js';
import { awsClientSettings, verifyRetries } from './aws-client-settings.js';

export interface CallerIdentity {
  /** ARN. */
  readonly principal?: string;
  /** 12 digits. */
  readonly account?: string;
}

/**
 * Asks STS who the credentials belong to. No policy can deny this, so a refusal is about the credentials themselves.
 * Fails with a `RegistryError`.
 */
export async function getCallerIdentity(
  configuration: PrivateConfiguration,
  endpoint: string,
  signal: AbortSignal,
): Promise<CallerIdentity> {
  const { STS } = await import('@aws-sdk/client-sts');
  const sts = new STS(awsClientSettings(configuration, endpoint, verifyRetries));
  try {
    const { Arn, Account } = await sts.getCallerIdentity({}, { abortSignal: signal });
    return { ...(Arn !== undefined && { principal: Arn }), ...(Account !== undefined && { account: Account }) };
  } catch (error) {
    throw translateAwsError(error, {
      action: 'sts:GetCallerIdentity',
      region: configuration.region,
      endpointHost: new URL(endpoint).host,
      accessKeyId: shownAccessKeyId(configuration.credentials),
    });
  } finally {
    sts.destroy();
  }
}

import type { ECRClientConfig } from '@aws-sdk/client-ecr';
import type { AwsIdentity } from '../identity/aws-identity.js';

/** `attempts` counts the first one. Adaptive retries also slow down before AWS asks for it. */
export interface RetryBehaviour {
  readonly attempts: number;
  readonly mode: 'standard' | 'adaptive';
}

/** A person waits for the answer. */
export const verifyRetries: RetryBehaviour = { attempts: 2, mode: 'standard' };

/** Listings go on in the background and meet throttling: five attempts, or the operator setting `ecr.browseAttempts`. */
export function browseRetries(operatorSettings: Readonly<Record<string, string>>): RetryBehaviour {
  const attempts = operatorSettings['ecr.browseAttempts'] ?? '';
  return { attempts: /^(?:[1-9]|10)$/.test(attempts) ? Number(attempts) : 5, mode: 'adaptive' };
}

/**
 * Settings for any AWS client. Everything the SDK would otherwise look up in the environment or in the profile files of
 * the machine is given, so that a connection uses its own credentials or none.
 */
export function awsClientSettings(
  region: string,
  endpoint: string,
  identity: AwsIdentity,
  retry: RetryBehaviour,
): Pick<
  ECRClientConfig,
  | 'region'
  | 'endpoint'
  | 'credentials'
  | 'maxAttempts'
  | 'retryMode'
  | 'requestHandler'
  | 'useFipsEndpoint'
  | 'useDualstackEndpoint'
> {
  return {
    region,
    endpoint,
    credentials: identity.provide,
    maxAttempts: retry.attempts,
    retryMode: retry.mode,
    // Either one set in the environment would refuse an explicit endpoint.
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    // Without the last one a request that takes too long is only warned of.
    requestHandler: {
      connectionTimeout: 3000,
      requestTimeout: 10_000,
      socketTimeout: 10_000,
      throwOnRequestTimeout: true,
    },
  };
}

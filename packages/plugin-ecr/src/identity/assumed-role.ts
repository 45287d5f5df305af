import { createHash } from 'node:crypto';
import { RegistryError } from '@esscm/registry-core';
import { sessionPolicy } from '../policy.js';
import type { AwsCredentials, AwsIdentity } from './aws-identity.js';
import { SharedRenewal } from './shared-renewal.js';
import type { StsApi } from './sts-api.js';

export interface AssumedRoleOptions {
  /** Who assumes the role. */
  readonly base: AwsIdentity;
  readonly roleArn: string;
  readonly externalId: string;
  readonly sts: StsApi;
  readonly clock: { now(): Date };
  /** Aborted when the connection is disposed. Its sessions end with that, not with a caller: they are for all of them. */
  readonly closed: AbortSignal;
}

const sessionSeconds = 3600;
const renewalMarginMs = 5 * 60_000;

/** A role in a customer's account, assumed with the connection's external ID. Its sessions can do what ESSCM does and nothing else. */
export class AssumedRole implements AwsIdentity {
  readonly roleArn: string;
  readonly externalId: string;
  readonly #options: AssumedRoleOptions;
  readonly #session: SharedRenewal<AwsCredentials>;

  constructor(options: AssumedRoleOptions) {
    this.roleArn = options.roleArn;
    this.externalId = options.externalId;
    this.#options = options;
    this.#session = new SharedRenewal(options.clock, async () => {
      const value = await this.#assume(options.externalId, options.closed);
      const ends = value.expiration?.getTime() ?? options.clock.now().getTime() + sessionSeconds * 1000;
      return { value, renewAt: new Date(ends - renewalMarginMs) };
    });
  }

  readonly provide = (): Promise<AwsCredentials> => this.#session.get({ signal: this.#options.closed });

  /** A session of its own, so that what is tried is the trust policy of now. @throws RegistryError */
  async tryWithExternalId(signal: AbortSignal): Promise<void> {
    await this.#assume(this.#options.externalId, signal);
  }

  /**
   * Whether the role can be assumed without the external ID, and so by anybody who makes ESSCM name it.
   * @throws RegistryError when AWS gave no answer to that
   */
  async opensWithoutExternalId(signal: AbortSignal): Promise<boolean> {
    try {
      await this.#assume(undefined, signal);
      return true;
    } catch (error) {
      if (error instanceof RegistryError && error.kind === 'access-denied') return false;
      throw error;
    }
  }

  async #assume(externalId: string | undefined, signal: AbortSignal): Promise<AwsCredentials> {
    const { base, roleArn, sts } = this.#options;
    return await sts.assumeRole(
      base,
      {
        roleArn,
        ...(externalId !== undefined && { externalId }),
        sessionName: sessionNameOf(this.#options.externalId),
        sessionPolicy,
        durationSeconds: sessionSeconds,
      },
      signal,
    );
  }
}

/** The same for all sessions of a connection, so that they can be told apart in the customer's CloudTrail. */
function sessionNameOf(externalId: string): string {
  return `esscm-${createHash('sha256').update(externalId).digest('hex').slice(0, 12)}`;
}

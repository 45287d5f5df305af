import type { RateLimit, SimulatedFault } from './faults.js';
import type { PolicyDocument } from './iam/policy-document.js';
import type { SimulatedRepository, SimulatedRole, SimulatedUser } from './simulated-account.js';

/** What to simulate. */
export interface EcrSimulatorOptions {
  /** Twelve digits. Default `123456789012`. */
  readonly account?: string | undefined;
  /** Default `us-east-1`. */
  readonly region?: string | undefined;
  /** More regions that are served, beside those of the repositories. Each has registries and tokens of its own. */
  readonly regions?: readonly string[] | undefined;
  /** The simulator listens on loopback and nowhere else. */
  readonly host?: '127.0.0.1' | undefined;
  /** Of the control plane, STS and both registries. Default 0: any free port. */
  readonly port?: number | undefined;
  /** Of the blob origin. Default 0: any free port. */
  readonly blobPort?: number | undefined;
  readonly users: readonly SimulatedUser[];
  readonly roles?: readonly SimulatedRole[] | undefined;
  /** Organisation policies above every principal of the account. Each request has to be allowed by one of them. */
  readonly serviceControlPolicies?: readonly PolicyDocument[] | undefined;
  readonly repositories: readonly SimulatedRepository[];
  readonly clock?: { now(): Date } | undefined;
  readonly faults?: readonly SimulatedFault[] | undefined;
  /** By operation (`ecr:*`, `public:manifest`); none by default. */
  readonly rateLimits?: Readonly<Record<string, RateLimit>> | undefined;
  /** Life of a link to a blob, in seconds. Default 3600. */
  readonly blobLinkLifeSeconds?: number | undefined;
  /** False makes `referrers` answer 404, so that clients have to use the tag scheme. Default true. */
  readonly referrersApi?: boolean | undefined;
  /** All pushed blobs together, in bytes. Default 2 GiB. */
  readonly maxUploadBytes?: number | undefined;
  /** Draws the order of listings. Default: random. */
  readonly seed?: string | undefined;
}

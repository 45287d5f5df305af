import { createHash, randomBytes } from 'node:crypto';
import type { SimulatedRole, SimulatedUser } from '../simulated-account.js';
import type { PrincipalPolicies } from './authorize.js';
import type { PrincipalIdentity } from './match-statement.js';
import type { PolicyDocument } from './policy-document.js';

/** Someone who can sign a request. */
export interface Principal extends PrincipalIdentity {
  readonly userId: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  readonly sessionExpiresAt?: Date | undefined;
  readonly active: boolean;
  readonly policies: PrincipalPolicies;
}

const MAX_SESSIONS = 1_000;

/** Derives an identifier in AWS's alphabet, the same for the same name. */
function identifier(prefix: string, name: string): string {
  const digest = createHash('sha256').update(name).digest();
  return prefix + Array.from(digest.subarray(0, 16), (byte) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[byte % 32] ?? 'A').join('');
}

/** The users, roles and running sessions of the simulated accounts. Keeps at most 1,000 assumed sessions, dropping the oldest. */
export class PrincipalDirectory {
  readonly #byAccessKey = new Map<string, Principal>();
  readonly #byArn = new Map<string, Principal>();
  readonly #sessions: Principal[] = [];
  readonly #roles: ReadonlyMap<string, SimulatedRole>;
  readonly #account: string;
  readonly #serviceControl: readonly PolicyDocument[];

  constructor(account: string, users: readonly SimulatedUser[], roles: readonly SimulatedRole[], serviceControl: readonly PolicyDocument[]) {
    this.#account = account;
    this.#serviceControl = serviceControl;
    this.#roles = new Map(roles.map((role) => [`arn:aws:iam::${role.account ?? account}:role/${role.name}`, role]));
    for (const user of users) {
      const userAccount = user.account ?? account;
      const arn = `arn:aws:iam::${userAccount}:user/${user.name}`;
      this.#add({
        arn,
        account: userAccount,
        userId: identifier('AIDA', arn),
        accessKeyId: user.accessKeyId,
        secretAccessKey: user.secretAccessKey,
        sessionToken: user.sessionToken,
        sessionExpiresAt: user.sessionExpiresAt,
        active: user.active ?? true,
        policies: {
          identity: user.policies,
          permissionsBoundary: user.permissionsBoundary,
          sessionPolicy: user.sessionPolicy,
          serviceControl: userAccount === account ? serviceControl : [],
        },
      });
    }
  }

  findByAccessKey(accessKeyId: string): Principal | undefined {
    return this.#byAccessKey.get(accessKeyId);
  }

  findByArn(arn: string): Principal | undefined {
    return this.#byArn.get(arn);
  }

  findRole(roleArn: string): SimulatedRole | undefined {
    return this.#roles.get(roleArn);
  }

  /** Begins a session of the role. Nothing is checked here: trust, external id and duration are the caller's. */
  beginSession(roleArn: string, role: SimulatedRole, sessionName: string, expiresAt: Date, sessionPolicy: PolicyDocument | undefined): Principal {
    const roleId = identifier('AROA', roleArn);
    const account = role.account ?? this.#account;
    const principal: Principal = {
      arn: `arn:aws:sts::${account}:assumed-role/${role.name}/${sessionName}`,
      roleArn,
      account,
      userId: `${roleId}:${sessionName}`,
      accessKeyId: identifier('ASIA', randomBytes(16).toString('hex')),
      secretAccessKey: randomBytes(30).toString('base64'),
      sessionToken: randomBytes(240).toString('base64'),
      sessionExpiresAt: expiresAt,
      active: true,
      policies: { identity: role.policies, permissionsBoundary: role.permissionsBoundary, sessionPolicy, serviceControl: account === this.#account ? this.#serviceControl : [] },
    };
    this.#add(principal);
    this.#sessions.push(principal);
    if (this.#sessions.length > MAX_SESSIONS) {
      const oldest = this.#sessions.shift();
      if (oldest !== undefined) this.#byAccessKey.delete(oldest.accessKeyId);
      if (oldest !== undefined && this.#byArn.get(oldest.arn) === oldest) this.#byArn.delete(oldest.arn);
    }
    return principal;
  }

  #add(principal: Principal): void {
    this.#byAccessKey.set(principal.accessKeyId, principal);
    this.#byArn.set(principal.arn, principal);
  }
}

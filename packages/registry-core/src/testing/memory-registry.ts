import { createHash } from 'node:crypto';
import type { Digest } from '@esscm/oci-client';
import type { ContractFault } from '../contract/contract.js';

/** The image every repository of the registry holds. */
export const manifestBytes = new TextEncoder().encode('{"schemaVersion":2}');
export const manifestDigest: Digest = `sha256:${createHash('sha256').update(manifestBytes).digest('hex')}`;

/** What the memory registry fails with, before the plugin translates it. */
export class MemoryFailure extends Error {
  override readonly name = 'MemoryFailure';
  readonly fault: ContractFault;

  constructor(fault: ContractFault) {
    super(`memory registry: ${fault}`);
    this.fault = fault;
  }
}

/** A registry in memory with pages of three, credentials of an hour and a clock that stands still. */
export class MemoryRegistry {
  readonly pageSize = 3;
  readonly repositoryNames: readonly string[];
  readonly clock = { now: (): Date => new Date(this.#nowMs) };
  listRequests = 0;
  credentialRequests = 0;
  fault: ContractFault | undefined;
  #nowMs = Date.parse('2026-11-23T12:00:00Z');

  constructor(repositories: number) {
    this.repositoryNames = Array.from({ length: repositories }, (_, index) => `team/app-${index}`);
  }

  advanceClock(byMs: number): void {
    this.#nowMs += byMs;
  }

  async listRepositories(offset: number): Promise<readonly string[]> {
    this.listRequests += 1;
    await this.#answer();
    return this.repositoryNames.slice(offset, offset + this.pageSize);
  }

  async identify(): Promise<void> {
    await this.#answer();
  }

  async issueCredential(): Promise<{ token: string; expiresAt: Date }> {
    await this.#answer();
    this.credentialRequests += 1;
    return { token: `token-${this.credentialRequests}`, expiresAt: new Date(this.#nowMs + 3_600_000) };
  }

  async #answer(): Promise<void> {
    await Promise.resolve();
    if (this.fault !== undefined) throw new MemoryFailure(this.fault);
  }
}

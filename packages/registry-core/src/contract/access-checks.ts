import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { RegistryError } from '../errors.js';
import { connect, needsSecret, pullOptions, variantOf } from './contract-check.js';
import type { ContractCheck } from './contract-check.js';

const manyCallers = 20;

/** Checks of the access to pull with. Rules on renewal bind only where a credential ends. */
export const accessChecks: readonly ContractCheck[] = [
  {
    name: 'yields an access that pulls a manifest whose digest agrees',
    run: async (subject) => {
      const { repository, reference, digest } = subject.pullable;
      await using connection = connect(subject);
      const access = await connection.pullAccess(repository, pullOptions(subject));
      const { registryHost } = subject.pullable;
      if (registryHost !== undefined) assert.equal(access.host, registryHost, 'the host of the reference is pulled from');
      const isAnonymous = access.authentication.kind === 'anonymous';
      assert.equal(isAnonymous, variantOf(subject).capabilities.anonymous || !needsSecret(subject));
      const bytes = await subject.pullManifest(access, repository, reference);
      assert.equal(`sha256:${createHash('sha256').update(bytes).digest('hex')}`, digest);
    },
  },
  {
    name: 'keeps a credential, and renews it before it expires',
    run: async (subject) => {
      await using connection = connect(subject);
      const { repository } = subject.pullable;
      const first = await connection.pullAccess(repository, pullOptions(subject));
      const requests = subject.credentialRequests();
      assert.deepEqual(await connection.pullAccess(repository, pullOptions(subject)), first);
      assert.equal(subject.credentialRequests(), requests);
      if (first.expiresAt === undefined) return;

      subject.advanceClock(first.expiresAt.getTime() - subject.host.clock.now().getTime() - 1000);
      const next = await connection.pullAccess(repository, pullOptions(subject));
      assert.ok(next.expiresAt !== undefined && next.expiresAt > first.expiresAt, 'a second before the end it is renewed');
    },
  },
  {
    name: 'renews once for many callers',
    run: async (subject) => {
      await using connection = connect(subject);
      const { repository } = subject.pullable;
      const { expiresAt } = await connection.pullAccess(repository, pullOptions(subject));
      if (expiresAt === undefined) return;

      const before = subject.credentialRequests();
      await Promise.all(
        Array.from({ length: manyCallers }, () => connection.pullAccess(repository, { ...pullOptions(subject), renew: true })),
      );
      assert.equal(subject.credentialRequests() - before, 1);
    },
  },
  {
    name: 'leaves a renewal to the other callers when one gives up',
    run: async (subject) => {
      await using connection = connect(subject);
      const { repository } = subject.pullable;
      const abort = new AbortController();
      const impatient = connection.pullAccess(repository, { ...pullOptions(subject), signal: abort.signal });
      const patient = connection.pullAccess(repository, pullOptions(subject));
      abort.abort();
      // Too late to be cancelled is fine; taking the others along is not.
      await Promise.allSettled([impatient]);
      assert.ok(await patient);
    },
  },
  {
    name: 'pulls from the host of a reference, and from none it does not cover',
    run: async (subject) => {
      await using connection = connect(subject);
      const { repository, registryHost } = subject.pullable;
      const { host } = await connection.pullAccess(repository, pullOptions(subject));
      assert.equal((await connection.pullAccess(repository, { ...pullOptions(subject), registryHost: host })).host, host);
      if (registryHost !== undefined) return;
      await assert.rejects(connection.pullAccess(repository, { ...pullOptions(subject), registryHost: 'registry.invalid' }), RegistryError);
    },
  },
  {
    name: 'can be disposed twice',
    run: async (subject) => {
      const connection = connect(subject);
      await connection.pullAccess(subject.pullable.repository, pullOptions(subject));
      await connection[Symbol.asyncDispose]();
      await connection[Symbol.asyncDispose]();
      await connect(subject)[Symbol.asyncDispose]();
    },
  },
];

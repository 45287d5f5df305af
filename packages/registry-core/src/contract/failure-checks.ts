import assert from 'node:assert/strict';
import { RegistryError } from '../errors.js';
import { permissionsOf } from '../offered.js';
import type { RegistryErrorKind } from '../errors.js';
import type { VerificationReport } from '../verification.js';
import { assertShowsNone } from './configuration-checks.js';
import { connect, patiently, pullOptions, readAll, variantOf } from './contract-check.js';
import type { ContractCheck } from './contract-check.js';
import type { ContractFault, ContractSubject } from './contract-subject.js';

const kinds: readonly (readonly [fault: ContractFault, kinds: readonly RegistryErrorKind[]])[] = [
  ['unauthorized', ['invalid-credentials', 'expired']],
  ['denied', ['access-denied']],
  ['not-found', ['not-found']],
  ['throttled', ['throttled']],
  ['server-error', ['unreachable']],
  ['dropped-connection', ['unreachable']],
];

/** Checks of what a connection says when the registry fails. */
export const failureChecks: readonly ContractCheck[] = [
  ...kinds.map(
    ([fault, expected]): ContractCheck => ({
      name: `turns ${fault} into the error kind ${expected.join(' or ')}`,
      run: async (subject) => {
        const error = await failureOf(subject, fault);
        if (error !== undefined) assert.ok(expected.includes(error.kind), `the kind is ${error.kind}`);
      },
    }),
  ),
  {
    name: 'keeps what a failure was caused by',
    run: async (subject) => {
      const error = await failureOf(subject, 'server-error');
      if (error !== undefined) assert.ok(error.cause instanceof Error, 'the error of the vendor is its cause');
    },
  },
  {
    name: 'reports every permission in order when verifying',
    run: async (subject) => {
      const permissions = permissionsOf(variantOf(subject), subject.input.credentialKindId).map(({ action, required }) => ({ action, required }));
      const rows: string[] = [];
      await using connection = connect(subject);
      const report = await connection.verify({ ...patiently(), onCheck: (check) => rows.push(check.action) });
      assert.equal(report.status, 'verified');
      assert.deepEqual(report.checks.map(({ action, required }) => ({ action, required })), permissions);
      assert.deepEqual(rows.toSorted(), permissions.map(({ action }) => action).toSorted());
    },
  },
  {
    name: 'tells each row when it is known, not after the last one',
    run: async (subject) => {
      let told = 0;
      let turns = 0;
      await using connection = connect(subject);
      await connection.verify({
        ...patiently(),
        onCheck: () => {
          told += 1;
          if (told === 1) queueMicrotask(() => (turns += 1));
          else if (told === 2) assert.equal(turns, 1, 'something was waited for between the first row and the second');
        },
      });
    },
  },
  {
    name: 'answers a refusal with a failed report instead of throwing',
    run: async (subject) => {
      const report = await refusedReport(subject, 'unauthorized');
      if (report === undefined) return;
      assert.equal(report.status, 'failed');
      assert.notEqual(report.problems.length, 0);
    },
  },
  {
    name: 'shows no secret in configuration, access, report or error',
    run: async (subject) => {
      const configuration = subject.plugin.configure(subject.input);
      assertShowsNone(configuration, subject.secrets);
      await using connection = subject.plugin.connect(configuration, subject.host);
      const access = await connection.pullAccess(subject.pullable.repository, pullOptions(subject));
      const { authentication } = access;
      const issued =
        authentication.kind === 'basic'
          ? [authentication.encoded.reveal()]
          : authentication.kind === 'bearer'
            ? [authentication.token.reveal()]
            : [];
      const secrets = [...subject.secrets, ...issued];
      assertShowsNone(access, secrets);
      assertShowsNone(connection, secrets);
      assertShowsNone(await connection.verify(patiently()), secrets);
      assertShowsNone(await failureOf(subject, 'unauthorized'), secrets);
    },
  },
];

async function failureOf(subject: ContractSubject, fault: ContractFault): Promise<RegistryError | undefined> {
  const { listTags } = variantOf(subject).capabilities;
  if (subject.fail === undefined) return undefined;
  subject.fail(fault);
  await using connection = connect(subject);
  const { repository } = subject.pullable;
  try {
    await (listTags ? readAll(connection.listImages(repository, patiently())) : connection.pullAccess(repository, pullOptions(subject)));
  } catch (error) {
    assert.ok(error instanceof RegistryError, 'the failure is a RegistryError');
    return error;
  }
  return assert.fail('the call succeeded');
}

async function refusedReport(subject: ContractSubject, fault: ContractFault): Promise<VerificationReport | undefined> {
  if (subject.fail === undefined) return undefined;
  subject.fail(fault);
  await using connection = connect(subject);
  // Awaited here, as the connection is disposed on return.
  return await connection.verify(patiently());
}

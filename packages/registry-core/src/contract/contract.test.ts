import { describe, expect, it, test } from 'vitest';
import { memoryPlugin } from '../testing/memory-plugin.js';
import type { Flaw } from '../testing/flaw.js';
import { manifestBytes, manifestDigest, MemoryRegistry } from '../testing/memory-registry.js';
import { registerRegistryPluginContract } from './contract.js';
import type { ContractScenario, ContractSubject } from './contract.js';

registerRegistryPluginContract({ describe, it }, { name: 'memory', start: (scenario) => startMemory(scenario) });

const flaws: readonly (readonly [flaw: Flaw, check: string])[] = [
  ['quotes the secret it refuses', 'refuses a bad configuration, naming the field and never the secret'],
  ['loses its place', 'keeps where the registry is among its settings'],
  ['takes what is not allowed', 'keeps back what the operator does not allow'],
  ['quotes a secret in its guide', 'shows no secret in its guide'],
  ['cannot read its placeholder', 'reads the reference it shows as a placeholder, and refuses nonsense'],
  ['repeats a repository', 'lists every repository exactly once over several pages'],
  ['invents a repository', 'lists nothing of an empty registry'],
  ['reads ahead', 'stops asking when the reader stops'],
  ['ignores an abort', 'stops asking when the reader aborts'],
  ['ignores the meter', 'asks for a turn before each listing request, and counts it'],
  ['claims metadata', 'does what its capabilities say and no more'],
  ['claims names of tags', 'lists the names of tags where it says so, and only there'],
  ['hands out a wrong credential', 'yields an access that pulls a manifest whose digest agrees'],
  ['renews too late', 'keeps a credential, and renews it before it expires'],
  ['renews for every caller', 'renews once for many callers'],
  ['gives up for all', 'leaves a renewal to the other callers when one gives up'],
  ['pulls from any host', 'pulls from the host of a reference, and from none it does not cover'],
  ['is disposed once', 'can be disposed twice'],
  ['mistakes unauthorized', 'turns unauthorized into the error kind invalid-credentials or expired'],
  ['mistakes denied', 'turns denied into the error kind access-denied'],
  ['mistakes not-found', 'turns not-found into the error kind not-found'],
  ['mistakes throttled', 'turns throttled into the error kind throttled'],
  ['mistakes server-error', 'turns server-error into the error kind unreachable'],
  ['mistakes dropped-connection', 'turns dropped-connection into the error kind unreachable'],
  ['drops the cause', 'keeps what a failure was caused by'],
  ['skips a permission', 'reports every permission in order when verifying'],
  ['tells the rows at the end', 'tells each row when it is known, not after the last one'],
  ['throws from verify', 'answers a refusal with a failed report instead of throwing'],
  ['prints a secret', 'shows no secret in configuration, access, report or error'],
];

describe('the kit finds each flaw by the check made for it, and by no other', () => {
  test.each(flaws)('a plugin that %s', async (flaw, check) => {
    expect(await failedChecks(flaw)).toEqual([check]);
  });

  test('every check is proven to bite', async () => {
    const names = collectChecks().map(({ name }) => name);

    expect(flaws.map(([, check]) => check).toSorted()).toEqual(names.toSorted());
  });
});

async function failedChecks(flaw: Flaw): Promise<readonly string[]> {
  const failed: string[] = [];
  for (const { name, body } of collectChecks(flaw)) {
    try {
      await body();
    } catch {
      failed.push(name);
    }
  }
  return failed;
}

function collectChecks(flaw?: Flaw): readonly { name: string; body: () => Promise<void> }[] {
  const collected: { name: string; body: () => Promise<void> }[] = [];
  const runner = {
    describe: (_name: string, body: () => void) => body(),
    it: (name: string, body: () => Promise<void>) => collected.push({ name, body }),
  };
  registerRegistryPluginContract(runner, { name: 'memory', start: (scenario) => startMemory(scenario, flaw) });
  return collected;
}

async function startMemory(scenario: ContractScenario, flaw?: Flaw): Promise<ContractSubject> {
  const registry = new MemoryRegistry(scenario.repositories);
  const password = 'correct horse battery';
  return {
    plugin: memoryPlugin(registry, flaw),
    variantId: 'private',
    input: { variantId: 'private', credentialKindId: 'password', values: { password, shelf: ' second ' } },
    refusedValues: [{ field: 'password', value: 'qwertz' }],
    operatorOnly: [{ variantId: 'private', credentialKindId: 'machine', values: {} }],
    secrets: [password],
    host: { clock: registry.clock, operatorSettings: {}, privateNetworks: [] },
    advanceClock: (byMs) => registry.advanceClock(byMs),
    repositoryNames: registry.repositoryNames,
    listRequests: () => registry.listRequests,
    credentialRequests: () => registry.credentialRequests,
    fail: (fault) => {
      registry.fault = fault;
    },
    pullable: { repository: 'team/app-0', reference: '1', digest: manifestDigest },
    async pullManifest(access) {
      const { authentication } = access;
      if (authentication.kind === 'bearer' && authentication.token.reveal().startsWith('token-')) return manifestBytes;
      throw new Error('The memory registry does not accept this credential.');
    },
    async [Symbol.asyncDispose]() {},
  };
}

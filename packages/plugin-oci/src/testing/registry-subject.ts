import type { ContractFault, ContractSubject } from '@esscm/registry-core/contract';
import type { PullAccess } from '@esscm/registry-core';
import { buildArtifact, ImageBuilder, TestRegistry, type RecordedRequest } from '@esscm/testkit';
import { ociPlugin } from '../oci-plugin.js';

export const image = new ImageBuilder().layer({ 'etc/os-release': 'ID=test\n' }).build();
export const chart = buildArtifact({ artifactType: 'application/vnd.cncf.helm.config.v1+json' });
export const credential = { username: 'reader', password: 'token-of-test' };
const pageSize = 3;

/** A registry on loopback for the contract, and what a variant of the plugin needs to be held against it. */
export async function startSubject(repositories: number): Promise<SharedSubject> {
  const registry = await TestRegistry.start({ pageSize });
  const repositoryNames = Array.from({ length: repositories }, (_, index) => `team/app-${index}`);
  for (const name of repositoryNames) registry.add(name, image, { tags: ['1.0'] });
  let now = Date.parse('2026-11-26T12:00:00Z');
  return {
    registry,
    plugin: ociPlugin,
    host: { clock: { now: () => new Date(now) }, operatorSettings: { 'oci.plainHttpRegistries': registry.host }, privateNetworks: [] },
    advanceClock: (byMs) => {
      now += byMs;
    },
    repositoryNames,
    listRequests: () => registry.requests.filter((request) => request.path === '/v2/_catalog' && isAdmitted(registry, request)).length,
    credentialRequests: () => 0,
    pullManifest,
    [Symbol.asyncDispose]: () => registry[Symbol.asyncDispose](),
  };
}

type SharedSubject = Omit<ContractSubject, 'variantId' | 'input' | 'refusedValues' | 'secrets' | 'pullable' | 'fail'> & { readonly registry: TestRegistry };

/** The first request of a client is without credentials, and answered with what they have to be. */
function isAdmitted({ behaviour }: TestRegistry, { headers }: RecordedRequest): boolean {
  return behaviour.authentication.kind === 'none' || headers['authorization'] !== undefined;
}

/** Makes every further request fail, as a registry does it. */
export function failWith(registry: TestRegistry, fault: ContractFault): void {
  const { behaviour } = registry;
  switch (fault) {
    case 'unauthorized':
      behaviour.authentication = { kind: 'basic', username: 'somebody', password: 'else' };
      break;
    case 'denied':
      behaviour.denies = true;
      break;
    case 'not-found':
      registry.forget('team/app-0');
      break;
    case 'throttled':
      behaviour.throttles = Number.POSITIVE_INFINITY;
      break;
    case 'server-error':
      behaviour.failures = Number.POSITIVE_INFINITY;
      break;
    case 'dropped-connection':
      behaviour.resets = Number.POSITIVE_INFINITY;
      break;
  }
}

async function pullManifest(access: PullAccess, repository: string, reference: string): Promise<Uint8Array> {
  const { authentication, connectTo = `https://${access.host}` } = access;
  const response = await fetch(`${connectTo}/v2/${repository}/manifests/${reference}`, {
    headers: authentication.kind === 'basic' ? { authorization: `Basic ${authentication.encoded.reveal()}` } : {},
  });
  if (!response.ok) throw new Error(`The registry answered ${response.status}.`);
  return new Uint8Array(await response.arrayBuffer());
}

import { OciError } from '@esscm/oci-client';
import { RegistryError } from '@esscm/registry-core';
import { TestRegistry } from '@esscm/testkit';
import { onTestFinished } from 'vitest';
import { startTestGateway } from './test-gateway.js';
import { verifiedDraft } from './verified-draft.js';

/** A gateway with a verified draft over a registry on this machine. */
export async function startWithRegistryDraft() {
  const registry = await TestRegistry.start();
  onTestFinished(() => registry[Symbol.asyncDispose]());
  const gateway = await startTestGateway({
    registry: {
      verify: () => Promise.resolve({ status: 'verified', checkedAt: '2026-11-23T06:00:00.000Z', checks: [], problems: [] }),
      pullAccess: () => Promise.resolve({ host: '123456789012.dkr.ecr.eu-central-1.amazonaws.com', connectTo: registry.origin, authentication: { kind: 'anonymous' } }),
      explainPullFailure: (error) => (error instanceof OciError ? new RegistryError({ kind: error.code === 'denied' ? 'access-denied' : 'not-found', heading: error.code, message: error.message }) : undefined),
    },
  });
  const session = await gateway.signIn();
  return { registry, gateway, session, source: { draftId: await verifiedDraft(gateway, session) } };
}

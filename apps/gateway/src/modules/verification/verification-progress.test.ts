import type { PermissionCheck, VerificationReport } from '@esscm/registry-core';
import { createClient } from 'graphql-ws';
import { describe, expect, onTestFinished, test } from 'vitest';
import WebSocket from 'ws';
import { resultOf, startTestGateway } from '../../test-support/test-gateway.js';

const fields = '{ running brokenOff checks { action outcome purpose } report { status } }';
const start = `mutation($input: VerifyCredentialsInput!) {
  startCredentialVerification(input: $input) { ... on DraftVerificationStarted { draft { id verification { status } } progress ${fields} } }
}`;
const ask = `query($draftId: ID) { verificationProgress(draftId: $draftId) ${fields} }`;
const values = [
  { name: 'accessKeyId', value: 'AKIAIOSFODNN7EXAMPLE' },
  { name: 'secretAccessKey', value: 'wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY' },
  { name: 'region', value: 'eu-central-1' },
];
const input = { plugin: 'ecr', variant: 'private', credentialKind: 'access-key', values };

const row = (action: string): PermissionCheck => ({ action, required: true, outcome: 'allowed' });
const shown = (action: string, purpose: string) => ({ action, outcome: 'ALLOWED', purpose });
const listing = row('ecr:ListImages');
const reading = row('ecr:BatchGetImage');
const shownListing = shown('ecr:ListImages', 'List tags and digests');
const shownReading = shown('ecr:BatchGetImage', 'Read manifests');
const report: VerificationReport = { status: 'verified', checkedAt: '2026-11-23T06:00:00.000Z', checks: [listing, reading], problems: [] };

/** A gateway whose registry tells a row each time the test says so, and then the report. */
async function startSlowly() {
  const steps = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const gateway = await startTestGateway({
    registry: {
      verify: async ({ onCheck }) => {
        onCheck?.(listing);
        await steps[0]?.promise;
        onCheck?.(reading);
        await steps[1]?.promise;
        return report;
      },
    },
  });
  const session = await gateway.signIn();
  const started = await gateway.query(start, { input }, session);
  const { draft } = resultOf<{ draft: { id: string } }>(started, 'startCredentialVerification');
  const client = createClient({
    url: `${gateway.address.replace('http', 'ws')}/graphql`,
    webSocketImpl: class extends WebSocket {
      constructor(url: string, protocols: string[]) {
        super(url, protocols, { headers: session });
      }
    },
    retryAttempts: 0,
  });
  onTestFinished(() => void client.dispose());
  const follow = (draftId: string) => client.iterate<{ verificationProgress: unknown }>({ query: `subscription($draftId: ID) { verificationProgress(draftId: $draftId) ${fields} }`, variables: { draftId } });
  return { gateway, session, started, draftId: draft.id, follow, step: (index: number) => steps[index]?.resolve() };
}

describe('a verification that is not waited for', () => {
  test('answers at once, tells each row as it becomes known, and ends with the report', async () => {
    const { started, draftId, follow, step } = await startSlowly();
    expect(started.data).toMatchObject({ startCredentialVerification: { draft: { verification: null }, progress: { running: true, checks: [], report: null } } });
    const events = follow(draftId);
    const next = async () => (await events.next()).value?.data?.verificationProgress;

    let event = await next();
    while ((event as { checks: unknown[] }).checks.length < 1) event = await next();
    expect(event).toEqual({ running: true, brokenOff: false, checks: [shownListing], report: null });
    step(0);
    event = await next();
    expect(event).toEqual({ running: true, brokenOff: false, checks: [shownListing, shownReading], report: null });
    step(1);
    expect(await next()).toEqual({ running: false, brokenOff: false, checks: [shownListing, shownReading], report: { status: 'VERIFIED' } });
    expect((await events.next()).done).toBe(true);
  });

  test('can be asked for as well', async () => {
    const { gateway, session, draftId, follow, step } = await startSlowly();
    const events = follow(draftId);
    step(0);
    step(1);
    for await (const { data } of events) if (data === undefined || data === null) throw new Error('An event without data.');

    expect((await gateway.query(ask, { draftId }, session)).data).toEqual({
      verificationProgress: { running: false, brokenOff: false, checks: [shownListing, shownReading], report: { status: 'VERIFIED' } },
    });
  });

  test('that was broken off with its process is said to be so', async () => {
    const { gateway, session, draftId } = await startSlowly();

    gateway.time.now = new Date(gateway.time.now.getTime() + 60_000);

    expect((await gateway.query(ask, { draftId }, session)).data).toMatchObject({ verificationProgress: { running: false, brokenOff: true, report: null } });
  });

  test('of a draft that is not there is nothing', async () => {
    const { gateway, session } = await startSlowly();

    expect((await gateway.query(ask, { draftId: 'drf_none' }, session)).data).toEqual({ verificationProgress: null });
  });
});

import { RegistryError } from '@esscm/registry-core';
import { describe, expect, it } from 'vitest';
import { readEvent } from './read-event.js';

const digest = `sha256:${'7'.repeat(64)}`;

/** In the form of AWS's documentation of ECR events, with names of our own. */
const event = (detail: Record<string, unknown> = {}, changes: Record<string, unknown> = {}) => ({
  version: '0',
  id: '13cde686-328b-6117-af20-0e5566167482',
  'detail-type': 'ECR Image Action',
  source: 'aws.ecr',
  account: '123456789012',
  time: '2026-11-23T06:00:00Z',
  region: 'us-west-2',
  resources: [],
  detail: { result: 'SUCCESS', 'repository-name': 'payments/checkout-api', 'image-digest': digest, 'action-type': 'PUSH', 'image-tag': '2.14.3', ...detail },
  ...changes,
});

const common = { id: '13cde686-328b-6117-af20-0e5566167482', repository: 'payments/checkout-api', digest, occurredAt: new Date('2026-11-23T06:00:00Z') };

describe('readEvent', () => {
  it.each([
    ['a push', event(), { ...common, action: 'push', tag: '2.14.3' }],
    ['a push without a tag', event({ 'image-tag': undefined }), { ...common, action: 'push' }],
    ['a push of a child of an index', event({ 'image-tag': '' }), { ...common, action: 'push' }],
    ['a deletion', event({ 'action-type': 'DELETE' }), { ...common, action: 'delete', tag: '2.14.3' }],
    ['a push that failed', event({ result: 'FAILURE' }), undefined],
    ['another action', event({ 'action-type': 'ARCHIVE' }), undefined],
    ['a scan', event({}, { 'detail-type': 'ECR Image Scan', detail: {} }), undefined],
    ['another service', event({}, { source: 'aws.ec2' }), undefined],
  ])('%s', (_name, received, expected) => {
    expect(readEvent(received)).toEqual(expected);
  });

  it.each([[undefined], ['text'], [{}], [event({ 'repository-name': 7 })], [event({ 'repository-name': 'x'.repeat(257) })], [event({}, { time: 'yesterday' })], [event({}, { id: '' })]])(
    'refuses %o',
    (received) => {
      expect(() => readEvent(received)).toThrow(RegistryError);
    },
  );
});

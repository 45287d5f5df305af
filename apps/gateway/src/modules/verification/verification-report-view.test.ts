import { RegistryError } from '@esscm/registry-core';
import { expect, test } from 'vitest';
import type { PluginVariant } from '../plugins/plugin.type.js';
import { failedReport } from './failed-report.js';
import { reportView } from './verification-report-view.js';

const variant = { permissions: [{ action: 'ecr:ListImages', purpose: 'List tags and digests' }] } as unknown as PluginVariant;
const report = { status: 'failed', checkedAt: '2026-01-31T12:00:00Z', checks: [], problems: [] };

test('a registry that could not be opened keeps its cause, what mends it and what was mistyped', () => {
  const error = new RegistryError({
    kind: 'not-found',
    heading: 'Repository not found',
    message: 'There is no ECR endpoint for us-esat-1.',
    remedy: 'Did you mean us-east-1?',
    correction: { typed: 'us-esat-1', meant: 'us-east-1' },
    upstream: { code: 'ENOTFOUND' },
  });

  expect(reportView(failedReport(error, new Date('2026-01-31T12:00:00Z')), variant)).toEqual({
    status: 'failed',
    checkedAt: new Date('2026-01-31T12:00:00Z'),
    checks: [],
    problems: [
      {
        heading: 'Repository not found',
        message: 'There is no ECR endpoint for us-esat-1.',
        remedy: 'Did you mean us-east-1?',
        correction: { typed: 'us-esat-1', meant: 'us-east-1' },
        actions: [],
        upstreamCode: 'ENOTFOUND',
      },
    ],
  });
});

test.each([
  ['of an older version, without newer fields', { ...report, checks: [{ action: 'ecr:ListImages', required: true, outcome: 'allowed' }] }, [{ action: 'ecr:ListImages', purpose: 'List tags and digests', required: true, outcome: 'allowed' }]],
  ['that cannot be read', { ...report, checks: 'none' }, undefined],
])('a stored report %s', (_, stored, checks) => {
  expect(reportView(stored, variant)?.checks).toEqual(checks);
});

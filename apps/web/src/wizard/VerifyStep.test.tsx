// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import type { Credentials } from './use-credentials.js';
import { VerifyStep } from './VerifyStep.js';

afterEach(cleanup);

function credentialsIn(region: string): Credentials {
  const field = { required: true, place: true, allowOther: true };
  return {
    kind: { id: 'access-key', name: 'Access keys', summary: '', available: true, asksServer: false, fields: [{ ...field, name: 'region', label: 'AWS region', type: 'CHOICE' }] },
    values: { region },
    setValue: () => undefined,
    fieldErrors: {},
    problem: undefined,
    draft: undefined,
    triedDraftId: 'draft',
    guide: { available: false } as unknown as Credentials['guide'],
    progress: {
      id: 'draft',
      running: false,
      brokenOff: false,
      checks: [],
      report: {
        status: 'FAILED',
        checkedAt: '2026-01-31T12:00:00Z',
        checks: [],
        problems: [{ heading: 'Repository not found', message: 'There is no ECR endpoint for us-esat-1.', remedy: 'Did you mean us-east-1?', correction: { typed: 'us-esat-1', meant: 'us-east-1' }, actions: [] }],
      },
    },
    restoring: false,
    verifying: false,
    verify: vi.fn<Credentials['verify']>(() => Promise.resolve('draft')),
  } as unknown as Credentials;
}

test('a mistyped region is put right and verified again by one button', () => {
  const credentials = credentialsIn('us-esat-1');
  render(<VerifyStep plugin={{ name: 'Amazon ECR' }} credentials={credentials} />);
  expect(document.body.textContent).toContain('Did you mean us-east-1?');
  fireEvent.click(screen.getByRole('button', { name: 'Use us-east-1' }));
  expect(credentials.verify).toHaveBeenCalledExactlyOnceWith({ region: 'us-east-1' });
});

test('where the region was changed meanwhile there is no such button', () => {
  render(<VerifyStep plugin={{ name: 'Amazon ECR' }} credentials={credentialsIn('eu-west-1')} />);
  expect(document.body.textContent).toContain('Did you mean us-east-1?');
  expect(screen.queryByRole('button', { name: /^Use/ })).toBeNull();
});

// @vitest-environment jsdom
import { beforeEach, expect, test } from 'vitest';
import { emptyState } from './wizard-state.js';
import { forgetState, keepState, readState, savedDraft, saveDraft } from './wizard-storage.js';

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
});

const typed = { ...emptyState(), name: 'Production, Frankfurt', variantId: 'private' };

test('a saved draft is there in the next tab, what was typed in this one comes before it', () => {
  expect(saveDraft('ecr', typed)).toBe(true);
  expect(savedDraft('ecr')).toEqual(typed);
  expect(savedDraft('oci')).toBeUndefined();
  expect(readState('ecr')).toEqual(typed);
  keepState('ecr', { ...typed, name: 'Later' });
  expect(readState('ecr').name).toBe('Later');
  sessionStorage.clear();
  expect(readState('ecr')).toEqual(typed);
});

test('what was connected or cancelled is forgotten, but for the variant used last', () => {
  keepState('ecr', typed);
  saveDraft('ecr', typed);
  forgetState('ecr');
  expect(savedDraft('ecr')).toBeUndefined();
  expect(readState('ecr')).toMatchObject({ name: '', variantId: 'private' });
  expect(readState('oci').variantId).toBeUndefined();
});

test('a damaged draft is no draft', () => {
  localStorage.setItem('esscm.draft.ecr', '{"name":');
  expect(savedDraft('ecr')).toBeUndefined();
  expect(readState('ecr').name).toBe('');
});

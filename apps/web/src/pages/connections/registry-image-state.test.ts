import { expect, test } from 'vitest';
import { scanStateWords, shownImage } from './registry-image-state.js';

const waiting = { id: 'a', coverage: 'NOT_SCANNED' as const, content: null, latestScan: { id: 's', state: 'QUEUED' as const } };
const scanned = { id: 'b', coverage: 'CURRENT' as const, content: { id: 'c', digest: 'sha256:c', platform: 'linux/amd64', partial: false, matching: null }, latestScan: null };

test('an image nobody tracks was not scanned', () => {
  expect(scanStateWords({ trackedImages: [] }).text).toBe('Not scanned');
  expect(shownImage({ trackedImages: [] })).toBeUndefined();
});

test('of several tracked images the one with a result is shown', () => {
  expect(shownImage({ trackedImages: [waiting, scanned] })).toBe(scanned);
  expect([scanStateWords({ trackedImages: [waiting] }).text, scanStateWords({ trackedImages: [waiting, scanned] }).text]).toEqual(['Scanning', 'Current']);
});

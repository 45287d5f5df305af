import { expect, test } from 'vitest';
import { indexesToAsk, platformsText } from './image-platforms.js';
import type { RegistryImageItem } from './registry-lists.js';

const row = (changes: Partial<RegistryImageItem> = {}): RegistryImageItem => ({ digest: 'sha256:a', tags: [], kind: 'INDEX', status: 'ACTIVE', sizeBytes: null, pushedAt: null, lastPulledAt: null, artifactType: null, artifactName: null, repositoryUri: null, ...changes });
const scanned = (digest: string, platform: string) => [{ id: 'i', coverage: 'NOT_JUDGED' as const, latestScan: null, content: { id: 'c', digest, platform, partial: false, matching: null } }];

test.each([
  ['before the answer', row(), undefined, '–', undefined],
  ['one', row(), ['linux/amd64'], 'linux/amd64', 'linux/amd64'],
  ['two are written out', row(), ['linux/amd64', 'linux/arm64'], 'linux/amd64, linux/arm64', 'linux/amd64, linux/arm64'],
  ['more are counted', row(), ['linux/amd64', 'linux/arm64', 'linux/arm/v7', 'windows/amd64'], 'linux/amd64, linux/arm64 +2', 'linux/amd64, linux/arm64, linux/arm/v7, windows/amd64'],
  ['an index of attestations alone', row(), [], '–', undefined],
  ['an image that was scanned', row({ kind: 'IMAGE', trackedImages: scanned('sha256:a', 'linux/arm64') }), undefined, 'linux/arm64', 'linux/arm64'],
  ['an image whose tag was scanned when it was another', row({ kind: 'IMAGE', trackedImages: scanned('sha256:b', 'linux/arm64') }), undefined, '–', undefined],
  ['an index of which one platform was scanned', row({ trackedImages: scanned('sha256:a', 'linux/arm64') }), undefined, '–', undefined],
])('platforms of a row: %s', (_, image, platforms, text, full) => {
  expect(platformsText(image, platforms === undefined ? undefined : { platforms })).toEqual({ text, full });
});

test('a failure leaves a dash with the reason', () => {
  expect(platformsText(row(), { problem: 'The registry does not answer.' })).toEqual({ text: '–', full: 'The registry does not answer.' });
});

test('only indexes that can be pulled and were not asked for are asked for, fifty at once', () => {
  const rows = [row({ kind: 'IMAGE' }), row({ digest: 'sha256:b', status: 'ARCHIVED' }), row({ digest: 'sha256:c' }), row({ digest: 'sha256:d' }), row({ digest: 'sha256:e', kind: 'UNKNOWN' })];

  expect(indexesToAsk(rows, new Map([['sha256:c', { problem: 'No.' }]]))).toEqual(['sha256:d']);
  expect(indexesToAsk(Array.from({ length: 60 }, (__, index) => row({ digest: `sha256:${index}` })), new Map())).toHaveLength(50);
});

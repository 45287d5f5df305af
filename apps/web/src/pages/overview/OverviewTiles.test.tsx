// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { afterEach, expect, test } from 'vitest';
import { OverviewTiles } from './OverviewTiles.js';

afterEach(cleanup);

const overview = { imageCount: 0, scannedImageCount: 0, partialImageCount: 0, activeScanCount: 0, failedScanCount: 0, connectionCount: 1, oldestResultAt: null, sampleConnectionId: null };

function notes(images: Partial<typeof overview>, found: { readonly total: number; readonly fixable: number }): readonly string[] {
  const counts = { critical: 0, high: 0, medium: 0, low: 0, negligible: 0, none: 0, unknown: 0, total: found.total };
  render(
    <MemoryRouter>
      <OverviewTiles overview={{ ...overview, ...images }} totals={{ exploitedCount: 0, fixableCount: found.fixable, counts }} />
    </MemoryRouter>,
  );
  return ['Known exploited', 'Images scanned', 'Fixable now'].map((name) => screen.getByRole('region', { name }).lastElementChild?.textContent ?? '');
}

test.each([
  ['no image is chosen', {}, { total: 0, fixable: 0 }, ['Nothing is scanned yet', 'No image is chosen yet', 'Nothing is scanned yet']],
  ['no image is scanned', { imageCount: 2 }, { total: 0, fixable: 0 }, ['Nothing is scanned yet', '2 without a result', 'Nothing is scanned yet']],
  ['nothing is found', { imageCount: 2, scannedImageCount: 2 }, { total: 0, fixable: 0 }, ['of 0 findings', 'Every image was read whole', 'No finding is known']],
  ['something is found', { imageCount: 2, scannedImageCount: 2, partialImageCount: 1 }, { total: 4, fixable: 1 }, ['of 4 findings', '1 partial', '25 % of findings']],
])('where %s', (_, images, found, said) => {
  expect(notes(images, found)).toEqual(said);
});

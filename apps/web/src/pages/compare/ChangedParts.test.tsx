// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ChangedLayers } from './ChangedParts.js';

// A wide window; jsdom has no media queries.
beforeEach(() => {
  vi.stubGlobal('matchMedia', () => Object.assign(new EventTarget(), { matches: false }));
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const layers = (count: number) => Array.from({ length: count }, (_, index) => ({ diffId: `sha256:${index}`, fromIndex: index, toIndex: index, createdBy: null, sizeBytes: '1', componentCount: 0 }));

test('a list that is cut says so', () => {
  render(<ChangedLayers layers={layers(1234)} choice={null} />);
  expect(screen.getByText('The first 100 of 1,234 are shown.')).toBeDefined();
});

test('a whole list says nothing', () => {
  render(<ChangedLayers layers={layers(100)} choice={null} />);
  expect(screen.queryByText(/are shown/)).toBeNull();
});

// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { afterEach, expect, test } from 'vitest';
import { FixPlace } from './FixPlace.js';

afterEach(cleanup);

const counts = { critical: 0, high: 0, medium: 0, low: 0, findingCount: 4, exploitedCount: 0, imageCount: 1, projectCount: 1, outOf: 1 };
const upgrade = { packageKey: 'pkg:deb/debian/openssl', ecosystem: 'deb', name: 'openssl', version: '3.0.15', ...counts };
const base = { baseLayer: 'sha256:1', name: null, distributionName: 'Debian GNU/Linux 12', packageCount: 12, ...counts, imageCount: 41, projectCount: 7 };
const imagesOnIt = '/findings?base=sha256%3A1&fix=available&group=image';

test.each([
  ['a package, over all images', upgrade, undefined, '1 image in 1 project', '1 image', '/findings?package=pkg%3Adeb%2Fdebian%2Fopenssl&fix=available&group=image'],
  ['a base, over all images', base, undefined, 'Base of 41 images in 7 projects, fixes in 12 packages', '41 images', imagesOnIt],
  ['the base of one image', base, 'image-1', 'Fixes in 12 packages of its base. All images built on it', 'All images built on it', imagesOnIt],
])('%s leads to the images concerned', (_, fix, imageId, text, linkText, address) => {
  const { container } = render(<MemoryRouter><FixPlace fix={fix} imageId={imageId} /></MemoryRouter>);
  expect(container.textContent).toBe(text);
  expect(screen.getByRole('link', { name: linkText }).getAttribute('href')).toBe(address);
});

test('a package in one image is told by its type', () => {
  const { container } = render(<MemoryRouter><FixPlace fix={upgrade} imageId="image-1" /></MemoryRouter>);
  expect(container.textContent).toBe('deb');
});

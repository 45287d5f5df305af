// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { afterEach, expect, test } from 'vitest';
import { NoFindings } from './NoFindings.js';

afterEach(cleanup);

test.each([
  ['', 0, 'No result yet'],
  ['', 4, 'No known vulnerabilities'],
  ['?severity=critical', 4, 'No match'],
  ['?q=log4j', 4, 'No match'],
  ['?image=i', 4, 'No match'],
  ['?image=i', 0, 'No match'],
])('an empty list of %j with %d images scanned says "%s"', (search, scannedImageCount, title) => {
  render(
    <MemoryRouter initialEntries={[`/findings${search}`]}>
      <NoFindings overview={{ imageCount: 4, scannedImageCount }} />
    </MemoryRouter>,
  );
  expect(screen.getByText(title)).toBeDefined();
});

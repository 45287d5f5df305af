// @vitest-environment jsdom
import { MockedProvider } from '@apollo/client/testing/react';
import { cleanup, render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { afterEach, expect, test } from 'vitest';
import { AllFindingsDocument } from '../../gql/graphql.js';
import { NoFindings } from './NoFindings.js';

afterEach(cleanup);

function show(search: string, scannedImageCount: number, all: { readonly count: number; readonly exact: boolean }): void {
  render(
    <MockedProvider mocks={[{ request: { query: AllFindingsDocument }, result: { data: { findings: { totalCount: all } } } }]}>
      <MemoryRouter initialEntries={[`/findings${search}`]}>
        <NoFindings overview={{ imageCount: 4, scannedImageCount }} />
      </MemoryRouter>
    </MockedProvider>,
  );
}

test.each([
  ['', 0, 'No result yet'],
  ['', 4, 'No known vulnerabilities'],
  ['?severity=critical', 4, 'No match'],
  ['?q=log4j', 4, 'No match'],
  ['?image=i', 4, 'No match'],
  ['?image=i', 0, 'No match'],
])('an empty list of %j with %d images scanned says "%s"', (search, scannedImageCount, title) => {
  show(search, scannedImageCount, { count: 107, exact: true });
  expect(screen.getByText(title)).toBeDefined();
});

test.each([
  [{ count: 107, exact: true }, 'The filter hides 107 findings.'],
  [{ count: 1, exact: true }, 'The filter hides 1 finding.'],
  [{ count: 10_000, exact: false }, 'The filter hides 10,000+ findings.'],
  [{ count: 0, exact: true }, 'No finding fits the filter.'],
])('of %j', async (all, text) => {
  show('?severity=critical', 4, all);
  expect(await screen.findByText(text)).toBeDefined();
});

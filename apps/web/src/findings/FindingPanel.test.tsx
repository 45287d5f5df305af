// @vitest-environment jsdom
import { MockedProvider } from '@apollo/client/testing/react';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { LayoutProvider } from '../frame/layout.js';
import { FindingDetailDocument } from '../gql/graphql.js';
import { FindingPanel } from './FindingPanel.js';

afterEach(cleanup);

const host = { setLayout: () => undefined, setPanel: () => undefined, panelElement: document.body };

test.each([
  ['no finding', { result: { data: { finding: null } } }, 'This finding is gone: the image holds another result by now.'],
  ['no answer', { error: new TypeError('Failed to fetch') }, 'This finding could not be loaded.'],
])('where the server gives %s, the panel says so', async (_, answer, text) => {
  render(
    <MockedProvider mocks={[{ request: { query: FindingDetailDocument, variables: { id: 'f' } }, ...answer }]}>
      <LayoutProvider host={host}>
        <FindingPanel id="f" name="CVE-2021-44228" stepper={undefined} onClose={() => undefined} />
      </LayoutProvider>
    </MockedProvider>,
  );
  expect(await screen.findByText(text)).toBeDefined();
});

// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SessionProvider } from './session.js';
import { SignInPage } from './SignInPage.js';

const viewer = { __typename: 'Viewer', id: 'u1', name: 'Mira Kovač', email: 'mira@northwind.example', role: 'ADMIN', organization: { id: 'o1', name: 'Northwind' } };
const installation = { version: '1', administratorExists: true, setupCodeRequired: false };

/** Answers of the server in the order of the questions after the first, which asks for the session. */
let answers: unknown[] = [];
let sent: { query: string; variables: unknown }[] = [];

beforeEach(() => {
  sent = [];
  vi.stubGlobal('fetch', async (_: string, options: { body: string }) => {
    const question: { query: string; variables: unknown } = JSON.parse(options.body);
    sent.push(question);
    return Response.json({ data: question.query.includes('query Session') ? { installation, viewer: null } : { signIn: answers.shift() } });
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

async function signIn(address: string, password: string): Promise<void> {
  const router = createMemoryRouter(
    [
      { path: '/sign-in', Component: SignInPage },
      { path: '/images', element: <p>the images</p> },
      { path: '/', element: <p>the overview</p> },
    ],
    { initialEntries: [address] },
  );
  render(
    <SessionProvider>
      <RouterProvider router={router} />
    </SessionProvider>,
  );
  fireEvent.change(await screen.findByLabelText('Email'), { target: { value: 'mira@northwind.example' } });
  fireEvent.change(screen.getByLabelText('Password'), { target: { value: password } });
  fireEvent.click(screen.getByRole('button', { name: 'Sign in' }));
}

test('signing in leads back to where the user wanted to go', async () => {
  answers = [{ __typename: 'SignInPayload', viewer }];
  await signIn('/sign-in?return=%2Fimages', 'a sentence works well');
  expect(await screen.findByText('the images')).toBeDefined();
  expect(sent[1]?.variables).toEqual({ input: { email: 'mira@northwind.example', password: 'a sentence works well' } });
});

test('never to another site', async () => {
  answers = [{ __typename: 'SignInPayload', viewer }];
  await signIn('/sign-in?return=%2F%2Fevil.example', 'a sentence works well');
  expect(await screen.findByText('the overview')).toBeDefined();
});

test.each([
  ['a wrong password', { __typename: 'ValidationProblem', message: 'Email or password is not right.', issues: [] }, 'Email or password is not right.'],
  ['too many attempts', { __typename: 'ThrottledProblem', message: 'x', retryAfterMs: 300_000 }, 'Too many attempts. Try again in 5 min.'],
])('%s is said', async (_, answer, text) => {
  answers = [answer];
  await signIn('/sign-in', 'wrong');
  expect(await screen.findByText(text)).toBeDefined();
});

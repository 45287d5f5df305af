// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { ApiRunner } from './ApiRunner.js';

afterEach(cleanup);

test('the command for a shell sends the operation as it is written, with its comments', () => {
  const query = '{\n  # how many\n  overview { imageCount }\n}';
  render(<ApiRunner example={{ id: 'e', title: 'How many?', text: '', query, variables: '{ "first": 10 }' }} />);
  const [, body = ''] = /<<'END'\n(.*)\nEND$/.exec(screen.getByRole('region', { name: 'command', hidden: true }).textContent ?? '') ?? [];
  expect(JSON.parse(body)).toEqual({ query, variables: { first: 10 } });
});

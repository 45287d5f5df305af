// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { QueuePause } from './QueuePause.js';

afterEach(cleanup);

const pause = { pausedBy: 'Ada Lovelace', pausedAt: '2020-11-23T06:00:00Z' };
const shown = (waiting: number) => {
  let resumed = 0;
  const resume = async (): Promise<void> => void (resumed += 1);
  const { container } = render(<QueuePause queue={{ pause }} waiting={waiting} actions={{ resume, busy: undefined }} />);
  return { text: container.textContent ?? '', resumes: () => resumed };
};

test.each([
  [0, 'No scan begins. Scans that run come to their end.'],
  [1, 'No scan begins: 1 scan waits. Scans that run come to their end.'],
  [1_234, 'No scan begins: 1,234 scans wait. Scans that run come to their end.'],
])('says who paused the queue and when, and that %i wait', (waiting, sentence) => {
  const { text } = shown(waiting);
  expect(text).toContain('The queue is paused');
  expect(text).toContain('Ada Lovelace paused it 23 Nov 2020.');
  expect(text).toContain(sentence);
});

test('leads back', () => {
  const { resumes } = shown(1);
  fireEvent.click(screen.getByRole('button', { name: 'Resume queue' }));
  expect(resumes()).toBe(1);
});

test('says nothing while scans begin', () => {
  const { container } = render(<QueuePause queue={{ pause: null }} waiting={3} actions={{ resume: async () => undefined, busy: undefined }} />);
  expect(container.textContent).toBe('');
});

import { expect, test } from 'vitest';
import { demoPlan } from './demo-plan.js';

const images = demoPlan().flatMap((connection) => connection.images.map((image) => ({ ...image, name: `${connection.host}/${image.repository}:${image.tag}` })));

test('three connections, sixty repositories, four hundred images, each once', () => {
  expect(demoPlan().map(({ variant }) => variant)).toEqual(['private', 'private', 'public']);
  expect(new Set(images.map(({ repository }) => repository)).size).toBe(60);
  expect(new Set(images.map(({ name }) => name)).size).toBe(400);
});

test('every state has something to show, and most images have a result', () => {
  const counts = Object.fromEntries([...Map.groupBy(images, ({ outcome }) => outcome)].map(([outcome, group]) => [outcome, group.length]));
  expect(counts).toEqual({ succeeded: 384, partial: 5, failed: 3, 'failed-again': 5, 'not-scanned': 3 });
});

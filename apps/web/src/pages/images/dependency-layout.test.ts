import { expect, test } from 'vitest';
import { layOut as layOutSides } from './dependency-layout.js';

const layOut = (left: readonly string[], middle: string, right: readonly string[]) => layOutSides({ items: left, count: left.length }, middle, { items: right, count: right.length });
const boxes = (layout: ReturnType<typeof layOut>) => layout.boxes.map(({ item, x, y }) => `${item} ${x},${y}`);

test('a component alone', () => {
  expect(layOut([], 'a', [])).toMatchObject({ width: 230, height: 34, lines: [] });
});

test('a side of nothing takes no room', () => {
  expect(boxes(layOut([], 'a', ['r']))).toEqual(['a 0,0', 'r 320,0']);
  expect(layOut([], 'a', ['r']).width).toBe(550);
  expect(layOut(['l'], 'a', []).width).toBe(550);
});

test('sides are centred on the component', () => {
  const layout = layOut(['l'], 'a', ['r', 's', 't']);
  expect(boxes(layout)).toEqual(['a 320,42', 'l 0,42', 'r 640,0', 's 640,42', 't 640,84']);
  expect(layout.lines.map(({ path }) => path)).toEqual(['M230 59C275 59 275 59 320 59', 'M550 59C595 59 595 17 640 17', 'M550 59C595 59 595 59 640 59', 'M550 59C595 59 595 101 640 101']);
});

test('what is too much for a picture is counted', () => {
  const many = Array.from({ length: 20 }, (_, index) => `n${index}`);
  expect(layOut(many, 'a', many.slice(0, 13))).toMatchObject({ hiddenLeft: 8, hiddenRight: 1, height: 12 * 42 - 8 });
  // The server gives those that are drawn, and says how many there are.
  expect(layOutSides({ items: many.slice(0, 12), count: 600 }, 'a', { items: [], count: 0 })).toMatchObject({ hiddenLeft: 588, hiddenRight: 0 });
});

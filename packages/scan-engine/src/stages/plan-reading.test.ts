import { expect, it } from 'vitest';
import { planReading, readsOnCallingThread } from './plan-reading.js';

const megabyte = 1024 * 1024;

it.each([
  { image: 'no layers', megabytes: [], threads: 2, readers: 0, ahead: 'none' },
  { image: 'two layers of a size', megabytes: [100, 100], threads: 2, readers: 2, ahead: 'none' },
  { image: 'many layers, none of them half of it', megabytes: [100, 60, 60, 60], threads: 4, readers: 4, ahead: 'none' },
  { image: 'a layer that is most of it', megabytes: [400, 50, 50], threads: 2, readers: 2, ahead: 'the largest' },
  { image: 'the same for more threads than that takes', megabytes: [400, 50, 50], threads: 4, readers: 2, ahead: 'the largest' },
  { image: 'a layer that is nearly all of it', megabytes: [400, 30, 30], threads: 2, readers: 1, ahead: 'the largest' },
  { image: 'one layer', megabytes: [400], threads: 4, readers: 1, ahead: 'the largest' },
  { image: 'one small layer', megabytes: [40], threads: 2, readers: 1, ahead: 'none' },
  { image: 'one layer for one thread', megabytes: [400], threads: 1, readers: 1, ahead: 'none' },
])('$image: $readers at a time of $threads threads, ahead: $ahead', ({ megabytes, threads, readers, ahead }) => {
  const layers = megabytes.map((size) => ({ sizeBytes: size * megabyte, file: '/layer' }));
  expect(planReading(layers, threads)).toEqual({ readers, inflatedAhead: ahead === 'none' ? undefined : layers[0], firstOnCallingThread: true });
});

it('opens a connection for each reader where layers have to be downloaded', () => {
  const layers = [{ sizeBytes: 400 * megabyte }, { sizeBytes: 5 * megabyte }];
  expect(planReading(layers, 2)).toEqual({ readers: 2, inflatedAhead: layers[0], firstOnCallingThread: true });
});

it.each([
  { image: 'layers to be uncompressed here and elsewhere', megabytes: [100, 100], threads: 2, first: false },
  { image: 'one of them uncompressed ahead', megabytes: [400, 50], threads: 2, first: true },
  { image: 'one layer', megabytes: [40], threads: 2, first: true },
  { image: 'one thread', megabytes: [100, 100], threads: 1, first: true },
])('of a download, $image: read here and passed on at once: $first', ({ megabytes, threads, first }) => {
  expect(planReading(megabytes.map((size) => ({ sizeBytes: size * megabyte })), threads).firstOnCallingThread).toBe(first);
});

it.each([
  { image: 'no layers', megabytes: [], few: 20, onCallingThread: true },
  { image: 'few bytes', megabytes: [10, 9], few: 20, onCallingThread: true },
  { image: 'one layer', megabytes: [50], few: 20, onCallingThread: true },
  { image: 'one layer and few bytes beside it', megabytes: [5, 50, 5], few: 20, onCallingThread: true },
  { image: 'a layer for each of two threads', megabytes: [50, 50], few: 20, onCallingThread: false },
  { image: 'one layer to be uncompressed ahead', megabytes: [64], few: 20, onCallingThread: false },
  { image: 'the same where all is to be read here', megabytes: [64], few: Number.POSITIVE_INFINITY, onCallingThread: true },
  { image: 'a small layer where nothing is to be read here', megabytes: [1], few: 0, onCallingThread: false },
])('$image, of which $few MB are few, on the calling thread: $onCallingThread', ({ megabytes, few, onCallingThread }) => {
  expect(readsOnCallingThread(megabytes.map((size) => ({ sizeBytes: size * megabyte })), few * megabyte)).toBe(onCallingThread);
});

import type { ScanProgressRecord, ScanStage } from '@esscm/store';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ProgressRecorder } from './progress-recorder.js';

beforeEach(() => vi.useFakeTimers({ now: new Date('2030-01-01T00:00:00Z') }));
afterEach(() => vi.useRealTimers());

function recorder(write?: () => Promise<undefined>) {
  const written: (readonly [ScanStage, ScanProgressRecord])[] = [];
  const ended = vi.fn<() => void>();
  const failed = vi.fn<(error: unknown) => void>();
  const subject = new ProgressRecorder({
    clock: { now: () => new Date() },
    write: async (stage, progress) => {
      written.push([stage, progress]);
      if (write !== undefined) return write();
      return { id: 'scn' } as never;
    },
    onEnded: ended,
    onError: failed,
  });
  return { subject, written, ended, failed };
}

test('writes the first at once, then at most four a second, and always the last', async () => {
  const { subject, written } = recorder();
  for (let bytesDone = 0; bytesDone < 1000; bytesDone += 1) {
    subject.update('pull', { bytesDone });
    await vi.advanceTimersByTimeAsync(1);
  }
  await subject.finish();
  expect(written.map(([, progress]) => progress.bytesDone)).toEqual([0, 249, 499, 749, 999]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(written).toHaveLength(5);
});

test('says when each stage began and ended', async () => {
  const { subject, written } = recorder();
  subject.update('resolve');
  await vi.advanceTimersByTimeAsync(1000);
  subject.update('pull', { layersTotal: 2 });
  await subject.finish();
  expect(written.at(-1)).toEqual([
    'pull',
    {
      layersDone: 0,
      layersTotal: 2,
      bytesDone: 0,
      bytesTotal: 0,
      layersCached: 0,
      stages: [
        { stage: 'resolve', startedAt: '2030-01-01T00:00:00.000Z', endedAt: '2030-01-01T00:00:01.000Z' },
        { stage: 'pull', startedAt: '2030-01-01T00:00:01.000Z' },
      ],
    },
  ]);
});

test('a write that finds the scan ended says so; one that fails does not end the scan', async () => {
  const gone = recorder(() => Promise.resolve(undefined));
  gone.subject.update('pull');
  await gone.subject.finish();
  expect(gone.ended).toHaveBeenCalledTimes(1);
  const failing = recorder(() => Promise.reject(new Error('no database')));
  failing.subject.update('pull');
  await failing.subject.finish();
  expect([failing.ended.mock.calls.length, failing.failed.mock.calls.length]).toEqual([0, 1]);
});

test('nothing is written for a scan that made no progress', async () => {
  const { subject, written } = recorder();
  await subject.finish();
  expect(written).toEqual([]);
});

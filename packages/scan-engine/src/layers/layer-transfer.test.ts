import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ImageLayer } from '@esscm/oci-client';
import { expect, it } from 'vitest';
import { LayerTransfer } from './layer-transfer.js';
import { createLayerWindow, slotOf } from './layer-window.js';

/** A layer of which each opening is noted, and a receiver that takes bytes in as it gets them. */
function transferOf(open: () => Readable) {
  const sources: Readable[] = [];
  const received: string[] = [];
  const window = createLayerWindow();
  const layer = {
    digest: 'sha256:made',
    open: () => {
      const source = open();
      sources.push(source);
      return Promise.resolve(source);
    },
  } as unknown as ImageLayer;
  const ended = Promise.withResolvers<void>();
  const transfer: LayerTransfer = new LayerTransfer(layer, { signal: new AbortController().signal, onBytes: () => undefined }, window, {
    bytes(slot, bytes) {
      received.push(slotOf(window.memory, slot).toString('utf8', 0, bytes));
      queueMicrotask(() => transfer.taken(bytes));
    },
    end: () => ended.resolve(),
    stop: () => undefined,
  });
  return { transfer, sources, received, failure: () => new Promise((resolve) => transfer.begin(resolve)), ended: ended.promise };
}

it('asks for the layer before the receiver does, and once for both', async () => {
  const { transfer, sources, received, ended } = transferOf(() => Readable.from([Buffer.from('layer')]));
  transfer.open();
  expect(sources.length).toBe(1);
  await nextTurn();
  expect(received).toEqual([]);
  transfer.begin((error) => expect(error).toBeUndefined());
  await ended;
  expect({ received, opened: sources.length }).toEqual({ received: ['layer'], opened: 1 });
});

it('opens the layer anew for a receiver that wants it twice', async () => {
  const { transfer, sources, ended } = transferOf(() => Readable.from([Buffer.from('layer')]));
  transfer.open();
  transfer.begin((error) => expect(error).toBeUndefined());
  await ended;
  transfer.begin((error) => expect(error).toBeUndefined());
  expect(sources.length).toBe(2);
});

it('tells the receiver of a source that broke before it was asked for', async () => {
  const { transfer, sources, failure } = transferOf(() => new Readable({ read: () => undefined }));
  transfer.open();
  await nextTurn();
  sources[0]?.destroy(new Error('The connection was lost.'));
  await nextTurn();
  await expect(failure()).resolves.toEqual(new Error('The connection was lost.'));
});

it('closes a source that nobody asked for', async () => {
  const { transfer, sources } = transferOf(() => new Readable({ read: () => undefined }));
  transfer.open();
  transfer.close();
  await nextTurn();
  expect(sources[0]?.destroyed).toBe(true);
});

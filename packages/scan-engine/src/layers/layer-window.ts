/** Bytes that may be on their way to a reading thread and not taken in yet. */
const windowBytes = 2 * 1024 * 1024;

/** A socket gives many small pieces; a message a piece would cost more than the copy into a larger one. With half of this a scan takes a twentieth more processor time. */
const slotBytes = 512 * 1024;

/**
 * Memory that the engine and one reading thread share for as long as the thread lives, in slots that go to and fro: a
 * buffer a piece would be garbage of hundreds of megabytes a layer.
 */
export type LayerWindow = SharedArrayBuffer;

/** A window of its own for each thread. */
export function createLayerWindow(): LayerWindow {
  return new SharedArrayBuffer(windowBytes);
}

/** How many slots a window has. */
export function slotsOf(window: LayerWindow): number {
  return window.byteLength / slotBytes;
}

/** The memory of one slot. Whoever has the slot may touch it: the engine before it sends it, the thread until it is taken. */
export function slotOf(window: LayerWindow, slot: number): Buffer {
  return Buffer.from(window, slot * slotBytes, slotBytes);
}

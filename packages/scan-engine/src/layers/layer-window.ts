/** Bytes that may be on their way to a reading thread and not taken in yet. */
const windowBytes = 2 * 1024 * 1024;

/** A socket gives many small pieces; a message a piece would cost more than the copy into a larger one. */
const slotBytes = 256 * 1024;

/**
 * Memory that the engine and one reading thread share for as long as the thread lives, in slots that go to and fro: a
 * buffer a piece would be garbage of hundreds of megabytes a layer.
 */
export interface LayerWindow {
  readonly memory: SharedArrayBuffer;
  readonly slots: number;
}

/** A window of its own for each thread. */
export function createLayerWindow(): LayerWindow {
  return { memory: new SharedArrayBuffer(windowBytes), slots: windowBytes / slotBytes };
}

/** The memory of one slot. Whoever has the slot may touch it: the engine before it sends it, the thread until it is taken. */
export function slotOf(memory: SharedArrayBuffer, slot: number): Buffer {
  return Buffer.from(memory, slot * slotBytes, slotBytes);
}

import { useSyncExternalStore } from 'react';

type Listener = () => void;

/** A flag that many places read and one sets. */
class Flag {
  #value = false;
  readonly #listeners = new Set<Listener>();

  get = (): boolean => this.#value;

  set(value: boolean): void {
    if (this.#value === value) return;
    this.#value = value;
    for (const listener of this.#listeners) listener();
  }

  subscribe = (listener: Listener): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

/** The server does not answer at all. */
export const unreachable = new Flag();

/** Events arrive over the socket; while they do not, pages poll. */
export const live = new Flag();

/** Whether the server does not answer at all. */
export function useUnreachable(): boolean {
  return useSyncExternalStore(unreachable.subscribe, unreachable.get);
}

/** Whether events arrive over the socket. */
export function useLive(): boolean {
  return useSyncExternalStore(live.subscribe, live.get);
}

import { useSyncExternalStore } from 'react';

export type ColourMode = 'light' | 'dark' | 'system';
export type Density = 'comfortable' | 'compact';

export interface Appearance {
  readonly mode: ColourMode;
  readonly density: Density;
}

const storageKey = 'esscm.appearance';
const listeners = new Set<() => void>();
let current = read();

/** The user's appearance and how to change it. The choice is stored in this browser; `public/appearance.js` reads it before the first paint. */
export function useAppearance(): readonly [Appearance, (change: Partial<Appearance>) => void] {
  const appearance = useSyncExternalStore(subscribe, () => current);
  return [appearance, change];
}

/** Keeps the page in step with the system's mode while "System" is chosen. Call once, at the start. */
export function followSystemMode(): void {
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', apply);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function change(part: Partial<Appearance>): void {
  current = { ...current, ...part };
  try {
    localStorage.setItem(storageKey, JSON.stringify(current));
  } catch {
    // Storage refused: the choice holds until the page is closed.
  }
  apply();
  for (const listener of listeners) listener();
}

function apply(): void {
  const dark = current.mode === 'dark' || (current.mode === 'system' && window.matchMedia('(prefers-color-scheme: dark)').matches);
  document.body.classList.toggle('awsui-dark-mode', dark);
  document.body.classList.toggle('awsui-compact-mode', current.density === 'compact');
}

function read(): Appearance {
  try {
    return parseAppearance(JSON.parse(localStorage.getItem(storageKey) ?? '{}'));
  } catch {
    return parseAppearance({});
  }
}

/** What was stored, or the system's mode and comfortable density for whatever is missing or strange. */
export function parseAppearance(stored: unknown): Appearance {
  const fields: { mode?: unknown; density?: unknown } = typeof stored === 'object' && stored !== null ? stored : {};
  return {
    mode: fields.mode === 'light' || fields.mode === 'dark' ? fields.mode : 'system',
    density: fields.density === 'compact' ? 'compact' : 'comfortable',
  };
}

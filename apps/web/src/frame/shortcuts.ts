import { useEffect, useRef, useSyncExternalStore } from 'react';
import { useNavigate } from 'react-router';
import { paths } from '../paths.js';

/** What a key leads to after `g`. */
const places: Readonly<Record<string, { readonly name: string; readonly href: string }>> = {
  o: { name: 'Overview', href: paths.overview() },
  i: { name: 'Images', href: paths.images() },
  c: { name: 'Components', href: paths.components() },
  f: { name: 'Findings', href: paths.findings() },
  p: { name: 'Projects', href: paths.projects() },
  s: { name: 'Scans', href: paths.scans() },
  r: { name: 'Connections', href: paths.connections() },
};

/** The list shown for `?`, in groups. */
export const shortcutList: readonly { readonly keys: readonly string[]; readonly does: string }[] = [
  { keys: ['/'], does: 'Search everything' },
  { keys: ['?'], does: 'Show this list' },
  ...Object.entries(places).map(([key, { name }]) => ({ keys: ['g', key], does: `Go to ${name}` })),
  { keys: ['[', ']'], does: 'Previous and next finding, while the panel is open' },
  { keys: ['Enter', 'Space'], does: 'Open the row, choose the row' },
  { keys: ['Ctrl', 'Enter'], does: 'Send the form, go on to the next step' },
  { keys: ['Esc'], does: 'Close the panel, the menu or the search' },
  { keys: ['↑', '↓', '←', '→'], does: 'Move in tables and trees' },
];

/** What a key stands for, when it stands for anything. */
export type ShortcutMeaning = { readonly kind: 'search' | 'help' | 'prefix' } | { readonly kind: 'go'; readonly href: string };

/** Reads one key; `prefixed` when `g` was pressed just before. */
export function readShortcut(key: string, prefixed: boolean): ShortcutMeaning | undefined {
  if (prefixed) {
    const place = places[key];
    return place === undefined ? undefined : { kind: 'go', href: place.href };
  }
  if (key === '/') return { kind: 'search' };
  if (key === '?') return { kind: 'help' };
  return key === 'g' ? { kind: 'prefix' } : undefined;
}

/** Single letters belong to whoever is typing, and to the browser's and assistive technology's own combinations. */
function isTyping(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return true;
  const { target } = event;
  return target instanceof HTMLElement && (target.isContentEditable || target.closest('input, textarea, select, [role="textbox"], [role="combobox"], dialog[open], [role="dialog"]') !== null);
}

const prefixMs = 1200;

/** Listens for the shortcuts while they are switched on. */
export function useShortcuts({ onSearch, onHelp }: { readonly onSearch: () => void; readonly onHelp: () => void }): void {
  const [on] = useShortcutsSwitch();
  const navigate = useNavigate();
  const actions = useRef({ onSearch, onHelp, navigate });
  actions.current = { onSearch, onHelp, navigate };
  useEffect(() => {
    if (!on) return undefined;
    let prefixedAt = Number.NEGATIVE_INFINITY;
    const onKey = (event: KeyboardEvent): void => {
      if (isTyping(event)) return;
      const meaning = readShortcut(event.key, performance.now() - prefixedAt < prefixMs);
      prefixedAt = Number.NEGATIVE_INFINITY;
      if (meaning === undefined) return;
      event.preventDefault();
      if (meaning.kind === 'prefix') prefixedAt = performance.now();
      else if (meaning.kind === 'go') void actions.current.navigate(meaning.href);
      else if (meaning.kind === 'search') actions.current.onSearch();
      else actions.current.onHelp();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [on]);
}

/** Listens for single keys of a page, such as `[`, while shortcuts are switched on and nobody is typing. */
export function usePageKeys(keys: Readonly<Record<string, (() => void) | undefined>>): void {
  const [on] = useShortcutsSwitch();
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    if (!on) return undefined;
    const onKey = (event: KeyboardEvent): void => {
      const action = isTyping(event) ? undefined : current.current[event.key];
      if (action === undefined) return;
      event.preventDefault();
      action();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [on]);
}

const storageKey = 'esscm.shortcuts';
const listeners = new Set<() => void>();
let chosen: boolean | undefined;

function isOn(): boolean {
  if (chosen !== undefined) return chosen;
  try {
    return localStorage.getItem(storageKey) !== 'off';
  } catch {
    return true;
  }
}

function switchShortcuts(on: boolean): void {
  chosen = on;
  try {
    localStorage.setItem(storageKey, on ? 'on' : 'off');
  } catch {
    // Storage refused: the choice holds until the page is closed.
  }
  for (const listener of listeners) listener();
}

/** Whether single-letter shortcuts work, kept in this browser (WCAG 2.1.4 asks for a way to switch them off). */
export function useShortcutsSwitch(): readonly [boolean, (on: boolean) => void] {
  const on = useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, isOn);
  return [on, switchShortcuts];
}

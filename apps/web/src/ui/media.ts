import { useCallback, useSyncExternalStore } from 'react';

/** Whether a media query holds now; follows changes. */
function useMediaQuery(query: string): boolean {
  const subscribe = useCallback(
    (onChange: () => void) => {
      const list = window.matchMedia(query);
      list.addEventListener('change', onChange);
      return () => list.removeEventListener('change', onChange);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
}

const phoneQuery = '(max-width: 719.98px)';

/** Narrower than 720 px: tables stack, headers fold their actions. */
export function usePhone(): boolean {
  return useMediaQuery(phoneQuery);
}

/** The same at this moment, for an event that may come before the page was drawn anew. */
export function isPhone(): boolean {
  return window.matchMedia(phoneQuery).matches;
}

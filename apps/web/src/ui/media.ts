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

/** Narrower than 1200 px, as laptops and half a screen are: the wide navigation would leave tables of seven columns too little. */
export function useNarrow(): boolean {
  return useMediaQuery('(max-width: 1199.98px)');
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

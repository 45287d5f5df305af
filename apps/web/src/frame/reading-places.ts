/** Where somebody was on a page. */
export interface ReadingPlace {
  /** Pixels above what was seen. */
  readonly top: number;
  /** Address of the link that had the focus; empty for none. */
  readonly link: string;
}

const storageKey = 'esscm.places';
/** Steps back that are kept over a reload. */
const keptAtMost = 50;

/** Places by key of the history entry, as they were kept before the page was loaded anew. */
export function readPlaces(): Map<string, ReadingPlace> {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(storageKey) ?? '[]');
    return new Map(Array.isArray(kept) ? kept.filter(isKept) : []);
  } catch {
    return new Map();
  }
}

/** Keeps the newest places for as long as the tab is open. */
export function keepPlaces(places: ReadonlyMap<string, ReadingPlace>): void {
  try {
    sessionStorage.setItem(storageKey, JSON.stringify([...places].slice(-keptAtMost)));
  } catch {
    // Storage refused: a reload begins at the top.
  }
}

function isKept(entry: unknown): entry is [string, ReadingPlace] {
  if (!Array.isArray(entry)) return false;
  const [key, place]: readonly unknown[] = entry;
  return typeof key === 'string' && typeof place === 'object' && place !== null && 'top' in place && typeof place.top === 'number' && 'link' in place && typeof place.link === 'string';
}

import { useEffect, useLayoutEffect, useRef } from 'react';
import { NavigationType, useLocation, useNavigationType } from 'react-router';
import { keepPlaces, readPlaces, type ReadingPlace } from './reading-places.js';

/** A page that is still short after this long has become another one. */
const patienceMs = 10_000;
const actions = ['wheel', 'pointerdown', 'keydown', 'touchstart'] as const;

/**
 * Back, forward and reload lead to where the reader was: how far the page was scrolled, and the link that led away has the focus again. The browser itself
 * tries that before the page has its rows. Another page begins at its top; what opens beside a list leaves the list where it is.
 */
export function useReadingPlace(): void {
  const { key, pathname } = useLocation();
  const kind = useNavigationType();
  const places = useRef<Map<string, ReadingPlace>>(undefined);
  places.current ??= readPlaces();
  const current = useRef(key);
  const shownPath = useRef<string>(undefined);
  useLayoutEffect(() => {
    history.scrollRestoration = 'manual';
    const before = places.current?.get(current.current);
    current.current = key;
    // A changed filter is the same entry of the history.
    if (kind === NavigationType.Replace && before !== undefined) places.current?.set(key, before);
    const samePage = shownPath.current === pathname;
    shownPath.current = pathname;
    if (kind === NavigationType.Push && !samePage) window.scrollTo(0, 0);
    if (kind !== NavigationType.Pop) return;
    const place = places.current?.get(key) ?? { top: 0, link: '' };
    return comeBack(place, () => places.current?.set(key, place));
  }, [key, kind, pathname]);
  useEffect(() => {
    const remember = (change: Partial<ReadingPlace>): void => {
      places.current?.set(current.current, { top: 0, link: '', ...places.current.get(current.current), ...change });
    };
    const scrolled = (): void => remember({ top: window.scrollY });
    const focused = ({ target }: FocusEvent): void => {
      if (target instanceof HTMLElement && target.closest('main') !== null) remember({ link: target.getAttribute('href') ?? '' });
    };
    const keep = (): void => keepPlaces(places.current ?? new Map());
    window.addEventListener('scroll', scrolled, { passive: true });
    document.addEventListener('focusin', focused);
    window.addEventListener('pagehide', keep);
    return () => {
      window.removeEventListener('scroll', scrolled);
      document.removeEventListener('focusin', focused);
      window.removeEventListener('pagehide', keep);
    };
  }, []);
}

/** Scrolls to a place as soon as the page is long enough, unless somebody does something first. @returns what ends the attempt */
function comeBack(place: ReadingPlace, arrived: () => void): () => void {
  let frame = 0;
  const end = (): void => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    sizes.disconnect();
    for (const action of actions) window.removeEventListener(action, end);
  };
  const attempt = (): void => {
    const link = place.link === '' ? null : document.querySelector<HTMLElement>(`main a[href="${CSS.escape(place.link)}"]`);
    if (document.documentElement.scrollHeight - window.innerHeight < place.top) return;
    window.scrollTo(0, place.top);
    if (link === null && place.link !== '') return;
    cancelAnimationFrame(frame);
    // The heading of the page takes the focus when it appears, which is in this frame.
    frame = requestAnimationFrame(() => {
      end();
      link?.focus({ preventScroll: true });
      window.scrollTo(0, place.top);
      arrived();
    });
  };
  const sizes = new ResizeObserver(attempt);
  const timer = setTimeout(end, patienceMs);
  for (const action of actions) window.addEventListener(action, end, { passive: true });
  sizes.observe(document.body);
  return end;
}

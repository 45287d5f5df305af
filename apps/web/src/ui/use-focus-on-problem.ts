import { useEffect, useRef, type RefObject } from 'react';

/** Leads to the first field with a problem once there is one: the keyboard goes on where something is to be mended, and a screen reader says what. */
export function useFocusOnProblem<Form extends HTMLElement>(problems: Readonly<Record<string, string>>): RefObject<Form | null> {
  const form = useRef<Form>(null);
  useEffect(() => {
    if (Object.keys(problems).length > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [problems]);
  return form;
}

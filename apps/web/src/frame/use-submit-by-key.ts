import { useEffect } from 'react';

/** Ctrl+Enter, or ⌘+Enter, sends the form somebody is in, from every field of it: in a text of several lines Enter alone is a line. */
export function useSubmitByKey(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.repeat || event.defaultPrevented || !(event.target instanceof Element)) return;
      const form = event.target.closest('form');
      if (form === null) return;
      event.preventDefault();
      form.requestSubmit();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}

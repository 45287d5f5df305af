import { useEffect, useRef, useState } from 'react';

/** Said by screen readers, politely, when the text changed and some time went by since the last. Not shown. */
export function LiveRegion({ text, intervalMs = 1_000 }: { readonly text: string; readonly intervalMs?: number }) {
  const [said, setSaid] = useState(text);
  const saidAt = useRef(0);
  useEffect(() => {
    if (text === said) return undefined;
    const timer = setTimeout(
      () => {
        saidAt.current = Date.now();
        setSaid(text);
      },
      Math.max(300, saidAt.current + intervalMs - Date.now()),
    );
    return () => clearTimeout(timer);
  }, [text, said, intervalMs]);
  return (
    <div role="status" className="esscm-visually-hidden">
      {said}
    </div>
  );
}

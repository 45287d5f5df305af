import { useEffect, useRef, useState } from 'react';

/** Whole seconds until a moment, once a second; calls `onEnd` when it has come. Undefined while there is none to wait for. */
export function useCountdown(endsAt: number | undefined, onEnd: () => void): number | undefined {
  const [now, setNow] = useState(() => Date.now());
  const latest = useRef(onEnd);
  latest.current = onEnd;
  useEffect(() => {
    if (endsAt === undefined) return undefined;
    setNow(Date.now());
    const timer = setInterval(() => {
      setNow(Date.now());
      if (Date.now() < endsAt) return;
      clearInterval(timer);
      latest.current();
    }, 1000);
    return () => clearInterval(timer);
  }, [endsAt]);
  return endsAt === undefined ? undefined : Math.max(0, Math.ceil((endsAt - now) / 1000));
}

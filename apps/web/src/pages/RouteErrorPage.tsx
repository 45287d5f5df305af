import { useEffect, useMemo, useRef } from 'react';
import { useRouteError } from 'react-router';
import { unreachable, useUnreachable } from '../graphql/connection-state.js';
import { randomIdentifier } from '../random-identifier.js';
import { PageMessage } from '../ui/PageMessage.js';

/** A page that failed to load or to draw, inside the frame when it stood there. Reloading also fetches the parts of a newer version. */
export function RouteErrorPage() {
  const error = useRouteError();
  return isLostPart(error) ? <LostPart /> : <PageError error={error} />;
}

function PageError({ error }: { readonly error: unknown }) {
  const reference = useMemo(() => randomIdentifier().slice(0, 8), []);
  useEffect(() => {
    // For whoever reads the browser's console together with the reference.
    window.reportError(new Error(`Page error ${reference}`, { cause: error }));
  }, [error, reference]);
  return <PageMessage title="This page could not be loaded" text="Try again. If it stays this way, tell an administrator the reference." reference={reference} onRetry={() => window.location.reload()} />;
}

/** The page's own script did not arrive: most often because the server is gone. The page loads by itself once it is back. */
function LostPart() {
  const lost = useUnreachable();
  const wasLost = useRef(false);
  useEffect(() => unreachable.set(true), []);
  useEffect(() => {
    if (wasLost.current && !lost) window.location.reload();
    wasLost.current = lost;
  }, [lost]);
  return <PageMessage title="This page could not be loaded" text="Its parts did not arrive from the server. It is tried again." onRetry={() => window.location.reload()} />;
}

/** Browsers tell a script that did not arrive apart by words only. */
function isLostPart(error: unknown): boolean {
  return error instanceof TypeError && /dynamically imported module|importing a module script failed/i.test(error.message);
}

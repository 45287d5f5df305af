import { useEffect, useMemo } from 'react';
import { useRouteError } from 'react-router';
import { randomIdentifier } from '../random-identifier.js';
import { PageMessage } from '../ui/PageMessage.js';

/** A page that failed to load or to draw, inside the frame when it stood there. Reloading also fetches the parts of a newer version. */
export function RouteErrorPage() {
  const error = useRouteError();
  const reference = useMemo(() => randomIdentifier().slice(0, 8), []);
  useEffect(() => {
    // For whoever reads the browser's console together with the reference.
    window.reportError(new Error(`Page error ${reference}`, { cause: error }));
  }, [error, reference]);
  return <PageMessage title="This page could not be loaded" text="Try again. If it stays this way, tell an administrator the reference." reference={reference} onRetry={() => window.location.reload()} />;
}

import { lazy, Suspense } from 'react';
import { Navigate, useLocation } from 'react-router';
import { paths } from '../paths.js';
import { FullPageMessage } from '../ui/FullPageMessage.js';
import { useSession } from './session.js';

const SignedInApp = lazy(async () => ({ default: (await import('../frame/SignedInApp.js')).SignedInApp }));

/** Lets only a signed-in user through; others sign in first and come back, or create the first account. */
export function SessionGate() {
  const { session, reload } = useSession();
  const { pathname, search } = useLocation();
  if (session.state === 'loading') return <FullPageMessage />;
  if (session.state === 'unreachable') {
    const { message, reference, isAnswer } = session.error;
    const said = isAnswer ? { title: 'The server could not say who is signed in', text: message } : { title: 'No connection to the ESSCM server', text: 'The server did not answer. Start it, or check the address.' };
    return <FullPageMessage {...said} reference={reference} onRetry={() => void reload()} />;
  }
  if (!session.installation.administratorExists) return <Navigate to={paths.setup()} replace />;
  if (session.viewer === undefined) return <Navigate to={paths.signIn(`${pathname}${search}`)} replace />;
  return (
    <Suspense fallback={<FullPageMessage />}>
      <SignedInApp viewer={session.viewer} />
    </Suspense>
  );
}

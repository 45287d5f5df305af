import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { SessionQuery, ViewerFieldsFragment } from '../gql/graphql.js';
import { SessionDocument, SignOutDocument } from '../gql/graphql.js';
import { request, RequestError } from '../graphql/request.js';

export type Session =
  | { readonly state: 'loading' }
  | { readonly state: 'unreachable'; readonly error: RequestError }
  | { readonly state: 'known'; readonly installation: SessionQuery['installation']; readonly viewer: ViewerFieldsFragment | undefined };

interface SessionActions {
  readonly session: Session;
  readonly signedIn: (viewer: ViewerFieldsFragment) => void;
  /** Ends the session here and on the server. */
  readonly signOut: () => Promise<void>;
  /** The server no longer knows the session. */
  readonly signedOut: () => void;
  readonly reload: () => Promise<void>;
}

const SessionContext = createContext<SessionActions | undefined>(undefined);

/** Asks once who is signed in, and keeps the answer for the whole app. */
export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const [session, setSession] = useState<Session>({ state: 'loading' });
  const reload = useCallback(async () => {
    try {
      const { installation, viewer } = await request(SessionDocument, {});
      setSession({ state: 'known', installation, viewer: viewer ?? undefined });
    } catch (error) {
      setSession({ state: 'unreachable', error: error instanceof RequestError ? error : new RequestError('This page could not be loaded.') });
    }
  }, []);
  useEffect(() => {
    void reload();
  }, [reload]);
  const actions = useMemo<SessionActions>(() => {
    const setViewer = (viewer: ViewerFieldsFragment | undefined): void => {
      setSession((before) => (before.state === 'known' ? { state: 'known', installation: { ...before.installation, administratorExists: true }, viewer } : before));
    };
    return {
      session,
      signedIn: setViewer,
      signedOut: () => setViewer(undefined),
      signOut: async () => {
        await request(SignOutDocument, {});
        setViewer(undefined);
      },
      reload,
    };
  }, [session, reload]);
  return <SessionContext value={actions}>{children}</SessionContext>;
}

/** The session and what can be done with it. */
export function useSession(): SessionActions {
  const actions = useContext(SessionContext);
  if (actions === undefined) throw new Error('useSession needs a SessionProvider above it.');
  return actions;
}

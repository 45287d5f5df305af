import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { SessionQuery, ViewerFieldsFragment } from '../gql/graphql.js';
import { SessionDocument, SignOutDocument } from '../gql/graphql.js';
import { request, RequestError } from '../graphql/request.js';
import { listenToOtherTabs, tellOtherTabs } from './other-tabs.js';

/** Who is signed in, as far as the server was asked. `ended`: a session ran out while the app was open. */
export type Session =
  | { readonly state: 'loading' }
  | { readonly state: 'unreachable'; readonly error: RequestError }
  | { readonly state: 'known'; readonly installation: SessionQuery['installation']; readonly viewer: ViewerFieldsFragment | undefined; readonly ended: boolean };

interface SessionActions {
  readonly session: Session;
  readonly signedIn: (viewer: ViewerFieldsFragment) => void;
  /** Ends the session here and on the server. Rejects with a RequestError when the server does not answer. */
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
      setSession((before) => ({ state: 'known', installation, viewer: viewer ?? undefined, ended: viewer == null && before.state === 'known' && (before.ended || before.viewer !== undefined) }));
    } catch (error) {
      setSession((before) => (before.state === 'known' ? before : { state: 'unreachable', error: error instanceof RequestError ? error : new RequestError('This page could not be loaded.') }));
    }
  }, []);
  useEffect(() => {
    void reload();
  }, [reload]);
  useEffect(() => listenToOtherTabs(() => void reload()), [reload]);
  const changes = useMemo(() => {
    const setViewer = (viewer: ViewerFieldsFragment | undefined, ended: boolean): void => {
      setSession((before) => (before.state === 'known' ? { state: 'known', installation: { ...before.installation, administratorExists: true }, viewer, ended } : before));
    };
    return {
      signedIn: (viewer: ViewerFieldsFragment) => {
        setViewer(viewer, false);
        tellOtherTabs();
      },
      signedOut: () => setViewer(undefined, true),
      signOut: async () => {
        await request(SignOutDocument, {});
        setViewer(undefined, false);
        tellOtherTabs();
      },
    };
  }, []);
  const actions = useMemo<SessionActions>(() => ({ session, reload, ...changes }), [session, reload, changes]);
  return <SessionContext value={actions}>{children}</SessionContext>;
}

/** The session and what can be done with it. */
export function useSession(): SessionActions {
  const actions = useContext(SessionContext);
  if (actions === undefined) throw new Error('useSession needs a SessionProvider above it.');
  return actions;
}

import type { ReactNode } from 'react';
import { errorReference } from '../graphql/client.js';
import { useUnreachable } from '../graphql/connection-state.js';
import { isBadInput, isForbidden } from '../graphql/error-codes.js';
import { Alert } from '../ui/Alert.js';
import { Button } from '../ui/Button.js';
import { PageMessage } from '../ui/PageMessage.js';
import { PageSkeleton } from '../ui/Skeleton.js';
import styles from './QueryView.module.css';
import { WrongAddressPage } from './WrongAddressPage.js';

interface QueryResult<Data> {
  readonly data?: Data | undefined;
  readonly previousData?: Data | undefined;
  readonly loading: boolean;
  readonly error?: unknown;
  readonly refetch: () => Promise<unknown>;
}

interface QueryViewProps<Data> {
  readonly result: QueryResult<Data>;
  /** `refreshing`: what is shown is of before, the new answer is on its way. */
  readonly children: (data: Data, refreshing: boolean) => ReactNode;
}

/** A page drawn from one operation: its shape while waiting, the old answer while refreshing or when that failed, and what to do when there is none. */
export function QueryView<Data>({ result, children }: QueryViewProps<Data>) {
  const { loading, error, refetch } = result;
  // The bar at the top says that the server does not answer, and asks again by itself.
  const unreachable = useUnreachable();
  const retry = (): void => void refetch().catch(() => undefined);
  const shown = result.data ?? result.previousData;
  if (shown !== undefined) {
    return (
      <>
        {error === undefined || loading || unreachable ? null : (
          <div className={styles['stale']} role="status">
            <Alert type="warning" action={<Button onClick={retry}>Try again</Button>}>
              This is what was known before: the server did not give a newer answer.
            </Alert>
          </div>
        )}
        {children(shown, loading)}
      </>
    );
  }
  if (error === undefined) return <PageSkeleton />;
  if (isForbidden(error)) return <PageMessage title="You may not see this page" text="Your account or token has no permission for it. An administrator of this server can give it." reference={errorReference(error)} onRetry={retry} />;
  if (isBadInput(error)) return <WrongAddressPage reference={errorReference(error)} />;
  return <PageMessage title="This page could not be loaded" text="The server did not give an answer for it." reference={errorReference(error)} onRetry={retry} />;
}

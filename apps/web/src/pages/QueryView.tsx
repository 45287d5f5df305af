import type { ReactNode } from 'react';
import { errorReference } from '../graphql/client.js';
import { PageMessage } from '../ui/PageMessage.js';
import { PageSkeleton } from '../ui/Skeleton.js';

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

/** A page drawn from one operation: its shape while waiting, the old answer while refreshing, and what to do when it failed. */
export function QueryView<Data>({ result, children }: QueryViewProps<Data>) {
  const shown = result.data ?? result.previousData;
  if (shown !== undefined) return children(shown, result.loading);
  if (result.error !== undefined) {
    return <PageMessage title="This page could not be loaded" text="The server did not give an answer for it." reference={errorReference(result.error)} onRetry={() => void result.refetch()} />;
  }
  return <PageSkeleton />;
}

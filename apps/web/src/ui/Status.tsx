import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { ReactNode } from 'react';

export type StatusKind = 'done' | 'running' | 'waiting' | 'failed' | 'partial' | 'stopped' | 'note';

const types: Readonly<Record<StatusKind, StatusIndicatorProps.Type>> = {
  done: 'success',
  running: 'in-progress',
  waiting: 'pending',
  failed: 'error',
  partial: 'warning',
  stopped: 'stopped',
  note: 'info',
};

/** A state as icon, colour and word together. */
export function Status({ kind, children }: { readonly kind: StatusKind; readonly children: ReactNode }) {
  return (
    <StatusIndicator type={types[kind]} {...(kind === 'note' ? { colorOverride: 'grey' as const } : {})}>
      {children}
    </StatusIndicator>
  );
}

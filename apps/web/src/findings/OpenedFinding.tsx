import { lazy, Suspense } from 'react';
import { usePageKeys } from '../frame/shortcuts.js';
import { neighboursOf } from './neighbours.js';

const FindingPanel = lazy(async () => ({ default: (await import('./FindingPanel.js')).FindingPanel }));

interface OpenedFindingProps {
  readonly id: string;
  /** Findings of the page of the list, in its order. */
  readonly rows: readonly { readonly id: string; readonly vulnerabilityId: string }[];
  /** Opens another finding; an empty id closes the panel. */
  readonly onOpen: (id: string) => void;
  /** Has to stay the same function while nothing changes. */
  readonly onClose: () => void;
}

/** The panel of a finding, fetched with the first that is opened, so that lists stand sooner. `[` and `]` go through the list. */
export function OpenedFinding({ id, rows, onOpen, onClose }: OpenedFindingProps) {
  const neighbours = neighboursOf(
    rows.map((row) => row.id),
    id,
  );
  const step = (target: string | undefined): (() => void) | undefined => (target === undefined ? undefined : () => onOpen(target));
  const [onPrevious, onNext] = [step(neighbours?.previous), step(neighbours?.next)];
  usePageKeys({ '[': onPrevious, ']': onNext });
  return (
    <Suspense fallback={null}>
      <FindingPanel
        id={id}
        name={rows.find((row) => row.id === id)?.vulnerabilityId ?? 'Finding'}
        stepper={neighbours === undefined ? undefined : { of: 'finding', position: `${neighbours.place} of ${neighbours.count} on this page`, onPrevious, onNext }}
        onClose={onClose}
      />
    </Suspense>
  );
}

import { lazy, Suspense, type ComponentProps } from 'react';

const FindingPanel = lazy(async () => ({ default: (await import('./FindingPanel.js')).FindingPanel }));

/** The panel of a finding, fetched with the first that is opened, so that lists stand sooner. */
export function OpenedFinding(properties: ComponentProps<typeof FindingPanel>) {
  return (
    <Suspense fallback={null}>
      <FindingPanel {...properties} />
    </Suspense>
  );
}

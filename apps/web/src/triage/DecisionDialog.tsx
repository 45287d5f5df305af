import { lazy, Suspense, type ComponentProps } from 'react';

const SetStateForm = lazy(async () => ({ default: (await import('./SetStateForm.js')).SetStateForm }));

/** The form of a decision, fetched when somebody wants to decide: lists are looked at far more often. */
export function DecisionDialog(properties: ComponentProps<typeof SetStateForm>) {
  return (
    <Suspense fallback={null}>
      <SetStateForm {...properties} />
    </Suspense>
  );
}

import { useApolloClient, useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { ConnectDocument } from '../gql/graphql.js';
import { outcomeOf } from '../graphql/outcome.js';
import type { ChosenImage } from './chosen-image.js';
import { toSelectionInput } from '../registry/rule-draft.js';
import { namesOf } from './naming.js';
import { platformsPerImage } from './platforms-per-image.js';
import { choosesByRule, type WizardState } from './wizard-state.js';

interface Variant {
  readonly id: string;
  readonly credentialKinds: readonly unknown[];
}

/** The last step: makes the connection and starts its scans. */
export interface ConnectAction {
  /** The new connection's id; undefined when it was refused. */
  readonly connect: (pluginId: string, variant: Variant, state: WizardState, chosen: readonly ChosenImage[]) => Promise<string | undefined>;
  readonly connecting: boolean;
  readonly problem: string | undefined;
  readonly fieldErrors: Readonly<Record<string, string>>;
}

/** Connecting, and what the server had against it. */
export function useConnect(): ConnectAction {
  const client = useApolloClient();
  const [run, { loading }] = useMutation(ConnectDocument);
  const [problem, setProblem] = useState<string>();
  const [fieldErrors, setFieldErrors] = useState<Readonly<Record<string, string>>>({});
  return {
    connecting: loading,
    problem,
    fieldErrors,
    connect: async (plugin, variant, state, chosen) => {
      setProblem(undefined);
      setFieldErrors({});
      const byRule = choosesByRule(state, variant);
      const platforms = byRule ? new Map<string, readonly string[]>() : await platformsPerImage(client, state, chosen);
      const images = byRule
        ? []
        : chosen.flatMap((image) => {
            const { project, version } = namesOf(image, state.rules, state.edits);
            const named = { reference: image.reference, projectName: project, projectVersion: version };
            const wanted = platforms.get(image.reference);
            return wanted === undefined ? [named] : wanted.map((platform) => ({ ...named, platform }));
          });
      const outcome = await outcomeOf(
        run({
          variables: {
            input: {
              clientMutationId: state.mutationId,
              plugin,
              variant: variant.id,
              name: state.name.trim(),
              description: state.description.trim(),
              ...(state.draftId === undefined ? {} : { draftId: state.draftId }),
              withoutScanning: state.withoutScanning,
              images,
              selections: byRule ? state.selections.map((rule) => toSelectionInput(rule, state.naming, state.platforms)) : [],
            },
          },
        }),
      );
      if ('problem' in outcome) {
        setProblem(outcome.problem);
        return undefined;
      }
      const answer = outcome.data.connect;
      if (answer.__typename === 'ConnectPayload') return answer.connection.id;
      if (answer.__typename === 'ValidationProblem') {
        setFieldErrors(Object.fromEntries(answer.issues.map(({ field, message }) => [field, message])));
        setProblem([...new Set(answer.issues.map(({ message }) => message))].join(' ') || answer.message);
      } else setProblem(answer.message);
      return undefined;
    },
  };
}

import { useApolloClient, useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { DeleteConnectionDocument, OverviewDocument } from '../../gql/graphql.js';
import { outcomeOf } from '../../graphql/outcome.js';
import { paths } from '../../paths.js';
import { AppLink } from '../../ui/AppLink.js';
import { TextButton } from '../../ui/TextButton.js';
import { Chip } from '../../ui/Chip.js';
import styles from './SampleNote.module.css';

/** Says that sample images are among the numbers, and removes them with one click: they can be had again at any time. */
export function SampleNote({ connectionId }: { readonly connectionId: string }) {
  const client = useApolloClient();
  const [remove, { loading }] = useMutation(DeleteConnectionDocument);
  const [problem, setProblem] = useState<string>();
  const removeSample = async (): Promise<void> => {
    setProblem(undefined);
    const outcome = await outcomeOf(remove({ variables: { id: connectionId } }));
    if ('problem' in outcome) setProblem(outcome.problem);
    else if (outcome.data.deleteConnection.__typename === 'DeleteConnectionPayload') await client.refetchQueries({ include: [OverviewDocument] });
    else setProblem(outcome.data.deleteConnection.message);
  };
  return (
    <div className={styles['note']}>
      <Chip kind="accent">Sample</Chip>
      <span>
        Images of the <AppLink to={paths.connection(connectionId)}>sample registry</AppLink> are part of these numbers.
      </span>
      {problem === undefined ? null : <span className="esscm-error" role="alert">{problem}</span>}
      <span className={styles['end']}>
        <TextButton busy={loading} onClick={() => void removeSample()}>
          Remove sample
        </TextButton>
      </span>
    </div>
  );
}

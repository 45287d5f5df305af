import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { SaveViewDocument } from '../../gql/graphql.js';
import { outcomeOf } from '../../graphql/outcome.js';
import { Button } from '../../ui/Button.js';
import { FormField } from '../../ui/FormField.js';
import { Input } from '../../ui/Input.js';
import { Modal } from '../../ui/Modal.js';
import { SpaceBetween } from '../../ui/SpaceBetween.js';
import { viewQuery } from './view-query.js';

/** Gives the filter, order and grouping of the address a name. */
export function SaveViewForm({ onClose }: { readonly onClose: (saved: boolean) => void }) {
  const [query] = useSearchParams();
  const [name, setName] = useState('');
  const [problem, setProblem] = useState<string>();
  const [save, { loading }] = useMutation(SaveViewDocument);
  const submit = async (): Promise<void> => {
    const outcome = await outcomeOf(save({ variables: { page: 'findings', name, query: viewQuery(query) } }));
    if ('problem' in outcome) setProblem(outcome.problem);
    else if (outcome.data.saveView.__typename === 'ValidationProblem') setProblem(outcome.data.saveView.message);
    else onClose(true);
  };
  return (
    <Modal
      visible
      header="Save view"
      closeAriaLabel="Cancel"
      onDismiss={() => onClose(false)}
      footer={
        <SpaceBetween direction="horizontal" size="xs">
          <Button variant="link" onClick={() => onClose(false)}>
            Cancel
          </Button>
          <Button variant="primary" loading={loading} onClick={() => void submit()}>
            Save view
          </Button>
        </SpaceBetween>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <FormField label="Name" description="Everyone in the organisation sees it. A name that is taken is replaced." errorText={problem ?? ''}>
          <Input value={name} onChange={({ detail }) => setName(detail.value)} />
        </FormField>
      </form>
    </Modal>
  );
}

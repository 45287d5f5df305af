import { useMutation } from '@apollo/client/react';
import { useState, type FormEvent } from 'react';
import { CreateAccessTokenDocument, type AccessScope } from '../../gql/graphql.js';
import { outcomeOf } from '../../graphql/outcome.js';
import { Button } from '../../ui/Button.js';
import { Checkbox } from '../../ui/Checkbox.js';
import { FormField } from '../../ui/FormField.js';
import { Input } from '../../ui/Input.js';
import { Modal } from '../../ui/Modal.js';
import { Notice } from '../../ui/Notice.js';
import { Select } from '../../ui/Select.js';
import { SpaceBetween } from '../../ui/SpaceBetween.js';
import { scopes } from './scopes.js';

const lifetimes = [7, 30, 90, 365].map((days) => ({ value: String(days), label: days === 365 ? '1 year' : `${days} days` }));

interface CreateTokenFormProps {
  readonly onCreated: (name: string, secret: string) => void;
  readonly onCancel: () => void;
}

/** Name, scopes and end of a new token. */
export function CreateTokenForm({ onCreated, onCancel }: CreateTokenFormProps) {
  const [name, setName] = useState('');
  const [granted, setGranted] = useState<readonly AccessScope[]>(['READ']);
  const [lifetime, setLifetime] = useState('90');
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [create, { loading }] = useMutation(CreateAccessTokenDocument);
  const submit = async (event?: FormEvent): Promise<void> => {
    event?.preventDefault();
    setErrors({});
    const outcome = await outcomeOf(create({ variables: { input: { name: name.trim(), scopes: [...granted], expiresInDays: Number(lifetime) } } }));
    if ('problem' in outcome) {
      setErrors({ '': outcome.problem });
      return;
    }
    const answer = outcome.data.createAccessToken;
    if (answer.__typename === 'CreateAccessTokenPayload') onCreated(answer.accessToken.name, answer.secret);
    else setErrors(answer.issues.length === 0 ? { '': answer.message } : Object.fromEntries(answer.issues.map(({ field, message }) => [field, message])));
  };
  return (
    <Modal
      visible
      header="Create an access token"
      closeAriaLabel="Cancel"
      onDismiss={onCancel}
      footer={
        <SpaceBetween direction="horizontal" size="xs">
          <Button variant="link" onClick={onCancel}>
            Cancel
          </Button>
          <Button variant="primary" loading={loading} disabled={name.trim() === '' || granted.length === 0} onClick={() => void submit()}>
            Create token
          </Button>
        </SpaceBetween>
      }
    >
      <form onSubmit={(event) => void submit(event)}>
        <SpaceBetween size="m">
          <Notice problem={errors['']} onDismiss={() => setErrors({})} />
          <FormField label="Name" description="What will use it, such as a pipeline." errorText={errors['name']}>
            <Input value={name} autoComplete={false} onChange={({ detail }) => setName(detail.value)} />
          </FormField>
          <FormField label="May" errorText={errors['scopes']}>
            <SpaceBetween size="xs">
              {scopes.map(({ scope, name: title, text }) => (
                <Checkbox key={scope} checked={granted.includes(scope)} description={text} onChange={({ detail }) => setGranted(detail.checked ? [...granted, scope] : granted.filter((other) => other !== scope))}>
                  {title}
                </Checkbox>
              ))}
            </SpaceBetween>
          </FormField>
          <FormField label="Ends after" errorText={errors['expiresInDays']}>
            <Select options={lifetimes} selectedOption={lifetimes.find(({ value }) => value === lifetime) ?? null} onChange={({ detail }) => setLifetime(detail.selectedOption.value ?? '90')} />
          </FormField>
        </SpaceBetween>
      </form>
    </Modal>
  );
}

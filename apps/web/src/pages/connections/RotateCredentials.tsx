import { useMutation } from '@apollo/client/react';
import { useEffect, useRef, useState } from 'react';
import { RotateCredentialsDocument, type ConnectionQuery, type VerificationFieldsFragment } from '../../gql/graphql.js';
import { outcomeOf } from '../../graphql/outcome.js';
import { Button } from '../../ui/Button.js';
import { Modal } from '../../ui/Modal.js';
import { Notice } from '../../ui/Notice.js';
import { Stack } from '../../ui/Panel.js';
import { SpaceBetween } from '../../ui/SpaceBetween.js';
import { ProblemAlert } from '../../verification/ProblemAlert.js';
import { CredentialField } from '../../wizard/CredentialField.js';
import { filledValues, visibleFields, type FieldValues } from '../../wizard/visible-fields.js';

type Connection = NonNullable<ConnectionQuery['connection']>;

interface RotateCredentialsProps {
  readonly connection: Connection;
  readonly onClose: () => void;
}

/** Puts other credentials in the place of a connection's, once the server has seen them work. */
export function RotateCredentials({ connection, onClose }: RotateCredentialsProps) {
  const { id, plugin, credentialKind: kind, settings } = connection;
  const [values, setValues] = useState<FieldValues>(() => Object.fromEntries(settings.map(({ name, value }) => [name, value])));
  const [issues, setIssues] = useState<Readonly<Record<string, string>>>({});
  const [problem, setProblem] = useState<string>();
  const [refused, setRefused] = useState<VerificationFieldsFragment>();
  const [rotate, { loading }] = useMutation(RotateCredentialsDocument);
  const alerts = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (refused !== undefined) alerts.current?.focus();
  }, [refused]);
  if (kind === null) return null;
  // Where the registry is stays as it is, and so does what the server made.
  const asked = visibleFields(kind.fields, values).filter(({ type, required, shownWhen, place }) => type !== 'GENERATED' && !place && (required || shownWhen != null));

  const send = async (): Promise<void> => {
    setProblem(undefined);
    setIssues({});
    setRefused(undefined);
    const outcome = await outcomeOf(rotate({ variables: { input: { connectionId: id, values: [...filledValues(asked, values)] } } }));
    if ('problem' in outcome) {
      setProblem(outcome.problem);
      return;
    }
    const answer = outcome.data.rotateCredentials;
    switch (answer.__typename) {
      case 'RotateCredentialsPayload':
        onClose();
        return;
      case 'CredentialsRefusedProblem':
        setProblem(answer.message);
        setRefused(answer.report);
        return;
      case 'ValidationProblem': {
        const shown = answer.issues.filter(({ field }) => asked.some(({ name }) => name === field));
        setIssues(Object.fromEntries(shown.map(({ field, message }) => [field, message])));
        const rest = answer.issues.filter((issue) => !shown.includes(issue));
        if (rest.length > 0) setProblem(rest.map(({ message }) => message).join(' '));
        return;
      }
      default:
        setProblem(answer.message);
    }
  };

  return (
    <Modal
      visible
      header="Rotate credentials"
      closeAriaLabel="Cancel"
      onDismiss={onClose}
      footer={
        <SpaceBetween direction="horizontal" size="xs" alignItems="end">
          <Button variant="link" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" loading={loading} onClick={() => void send()}>
            Verify and replace
          </Button>
        </SpaceBetween>
      }
    >
      <Stack>
        <Notice problem={problem} onDismiss={() => setProblem(undefined)} />
        <div ref={alerts} tabIndex={-1}>
          {refused?.problems.map((cause) => (
            <ProblemAlert key={cause.message} who={plugin.name} heading={cause.heading} message={cause.message} remedy={cause.remedy} remedySnippet={cause.remedySnippet} />
          ))}
        </div>
        <span>The new credentials are tried first. Only if they work do they take the place of {connection.credentialHint}.</span>
        {asked.map((field) => (
          <CredentialField
            key={field.name}
            field={field}
            value={values[field.name] ?? ''}
            storedHint={undefined}
            error={issues[field.name]}
            onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
          />
        ))}
      </Stack>
    </Modal>
  );
}

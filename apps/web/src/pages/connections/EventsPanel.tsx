import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { formatQuantity } from '../../formats/format-count.js';
import { CreateEventSecretDocument, type ConnectionQuery, type CreateEventSecretMutation, type WatchFieldsFragment } from '../../gql/graphql.js';
import { outcomeOf } from '../../graphql/outcome.js';
import { Alert } from '../../ui/Alert.js';
import { Button } from '../../ui/Button.js';
import { CodeBlock } from '../../ui/CodeBlock.js';
import { CopyText } from '../../ui/CopyText.js';
import { Facts } from '../../ui/Facts.js';
import { Notice } from '../../ui/Notice.js';
import { Panel, Stack } from '../../ui/Panel.js';
import { Time } from '../../ui/Time.js';

type Connection = NonNullable<ConnectionQuery['connection']>;
type Secret = Extract<CreateEventSecretMutation['createEventSecret'], { __typename: 'EventSecretPayload' }>;

/** Events of the registry: where they go, whether they come, and the secret, which is shown once. */
export function EventsPanel({ connection, watch, onChanged }: { readonly connection: Connection; readonly watch: WatchFieldsFragment; readonly onChanged: () => void }) {
  const [create, { loading }] = useMutation(CreateEventSecretDocument);
  const [secret, setSecret] = useState<Secret>();
  const [problem, setProblem] = useState<string>();
  const { eventSecretSetAt, lastEventAt, eventsToday, eventEndpoint } = watch;
  const guide = connection.variant.eventGuide;
  const createSecret = async (): Promise<void> => {
    setProblem(undefined);
    const outcome = await outcomeOf(create({ variables: { id: connection.id } }));
    if ('problem' in outcome) setProblem(outcome.problem);
    else if (outcome.data.createEventSecret.__typename === 'EventSecretPayload') setSecret(outcome.data.createEventSecret);
    else setProblem(outcome.data.createEventSecret.message);
    onChanged();
  };
  return (
    <Panel
      title="Events"
      description="With events a pushed image is found within seconds. Without them, or when one is lost, the next check finds it."
      aside={
        <Button loading={loading} onClick={() => void createSecret()}>
          {eventSecretSetAt == null ? 'Set up events' : 'New secret'}
        </Button>
      }
    >
      <Notice problem={problem} onDismiss={() => setProblem(undefined)} />
      <Facts
        facts={[
          { label: 'Accepted since', value: eventSecretSetAt == null ? 'Not set up' : <Time instant={eventSecretSetAt} /> },
          { label: 'Last event', value: lastEventAt == null ? (eventSecretSetAt == null ? null : 'None yet') : <><Time instant={lastEventAt} />, {formatQuantity(eventsToday, 'event')} in 24 hours</> },
          { label: 'Endpoint', value: eventSecretSetAt == null ? null : <CopyText text={eventEndpoint} label="the endpoint" /> },
        ]}
      />
      {secret === undefined ? null : (
        <Stack>
          <Alert type="info" header="The secret is shown this once">
            An earlier secret is refused from now on. It is sent in the header <span className="esscm-mono">{secret.header}</span>.
          </Alert>
          <CodeBlock text={secret.secret} label="the secret" />
          {guide == null ? null : (
            <div>
              <b>{guide.title}</b>
              <ol>
                {guide.steps.map((step) => (
                  <li key={step}>{step}</li>
                ))}
              </ol>
            </div>
          )}
          {secret.snippet == null ? null : <CodeBlock text={secret.snippet} label={guide?.snippetTitle ?? 'the template'} />}
        </Stack>
      )}
    </Panel>
  );
}

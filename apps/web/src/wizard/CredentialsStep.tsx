import { useEffect, useRef } from 'react';
import { Alert } from '../ui/Alert.js';
import { Panel, Stack } from '../ui/Panel.js';
import { Tiles } from '../ui/Tiles.js';
import { CredentialField } from './CredentialField.js';
import styles from './CredentialsStep.module.css';
import { GuidePanel } from './GuidePanel.js';
import type { StepProps } from './step-props.js';
import type { Credentials } from './use-credentials.js';
import { visibleFields } from './visible-fields.js';

/** How ESSCM signs in, drawn from the plugin's description of its credential kinds. */
export function CredentialsStep({ variant, update, credentials }: StepProps & { readonly credentials: Credentials }) {
  const { kind, values, setValue, fieldErrors, problem, draft, guide } = credentials;
  const alert = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (problem !== undefined) alert.current?.focus();
  }, [problem]);
  if (kind === undefined) return null;
  const stored = draft?.credentialKindId === kind.id && draft.credentialHint !== '';
  return (
    <Stack>
      {problem === undefined ? null : (
        <div ref={alert} tabIndex={-1}>
          <Alert type="error">{problem}</Alert>
        </div>
      )}
      <Panel title="How ESSCM signs in">
        {variant.credentialKinds.length < 2 ? null : (
          <Tiles
            ariaLabel="How ESSCM signs in"
            value={kind.id}
            columns={Math.min(3, variant.credentialKinds.length)}
            items={variant.credentialKinds.map(({ id, name, summary, available }) => ({ value: id, label: name, description: available ? summary : 'Not allowed by the operator of this server.', disabled: !available }))}
            onChange={({ detail }) => update({ credentialKindId: detail.value })}
          />
        )}
        <div className={styles['fields']}>
          {visibleFields(kind.fields, values).map((field) => (
            <CredentialField
              key={`${kind.id} ${field.name}`}
              field={field}
              value={values[field.name] ?? ''}
              storedHint={stored && field.type === 'SECRET' ? `Stored (${draft.credentialHint}). Leave empty to keep it.` : undefined}
              error={fieldErrors[field.name]}
              onChange={(value) => setValue(field.name, value)}
            />
          ))}
        </div>
      </Panel>
      <GuidePanel guide={guide} />
    </Stack>
  );
}

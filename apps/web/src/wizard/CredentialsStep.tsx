import { useEffect, useRef } from 'react';
import { Alert } from '../ui/Alert.js';
import { CodeBlock } from '../ui/CodeBlock.js';
import { ExpandableSection } from '../ui/ExpandableSection.js';
import { Panel, Stack } from '../ui/Panel.js';
import { Prose } from '../ui/Prose.js';
import { Tiles } from '../ui/Tiles.js';
import { CredentialField } from './CredentialField.js';
import styles from './CredentialsStep.module.css';
import type { StepProps } from './step-props.js';
import type { Credentials } from './use-credentials.js';
import { visibleFields } from './visible-fields.js';

/** How ESSCM signs in, drawn from the plugin's description of its credential kinds. */
export function CredentialsStep({ variant, update, credentials }: StepProps & { readonly credentials: Credentials }) {
  const { kind, values, setValue, fieldErrors, problem, draft } = credentials;
  const alert = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (problem !== undefined) alert.current?.focus();
  }, [problem]);
  if (kind === undefined) return null;
  const stored = draft?.credentialKindId === kind.id;
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
            items={variant.credentialKinds.map(({ id, name, summary }) => ({ value: id, label: name, description: summary }))}
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
      {kind.guide == null ? null : (
        <Panel>
          <ExpandableSection headerText={kind.guide.title} defaultExpanded>
            <div className={styles['guide']}>
              <ol>
                {kind.guide.steps.map((step) => (
                  <li key={step}>
                    <Prose text={step} />
                  </li>
                ))}
              </ol>
              {kind.guide.snippet == null ? null : (
                <div className={styles['snippet']}>
                  {kind.guide.snippetTitle == null ? null : <h3>{kind.guide.snippetTitle}</h3>}
                  <CodeBlock text={kind.guide.snippet} label={kind.guide.snippetTitle ?? kind.guide.title} />
                </div>
              )}
            </div>
          </ExpandableSection>
        </Panel>
      )}
    </Stack>
  );
}

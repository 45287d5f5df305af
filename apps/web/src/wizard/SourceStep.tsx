import { Container } from '../ui/Container.js';
import { FormField } from '../ui/FormField.js';
import { Input } from '../ui/Input.js';
import { Panel, Stack } from '../ui/Panel.js';
import { SpaceBetween } from '../ui/SpaceBetween.js';
import { TabRow } from '../ui/TabRow.js';
import { ReferenceList } from './ReferenceList.js';
import styles from './SourceStep.module.css';
import type { StepProps } from './step-props.js';
import { nameProblem } from './wizard-state.js';

interface SourceStepProps extends StepProps {
  readonly onVariant: (variantId: string) => void;
  /** Whether text stands in the reference field that was not added yet. */
  readonly onPending: (pending: boolean) => void;
  readonly nameError: string | undefined;
}

/** Name, description, and which kind of images; for an anonymous variant the images themselves. */
export function SourceStep({ state, update, plugin, variant, chosen, showProblems, onVariant, onPending, nameError }: SourceStepProps) {
  return (
    <Stack>
      <Panel>
        <div className={styles['fields']}>
          <SpaceBetween size="m">
            <FormField label="Name" description="Shown wherever an image of this connection appears." constraintText="3 to 60 characters, unique." errorText={showProblems ? nameProblem(state.name) : nameError}>
              <Input value={state.name} name="connection-name" autoComplete={false} onChange={({ detail }) => update({ name: detail.value })} />
            </FormField>
            <FormField label={<span>Description <i className="esscm-optional">- optional</i></span>}>
              <Input value={state.description} placeholder="What this connection is for" autoComplete={false} onChange={({ detail }) => update({ description: detail.value })} />
            </FormField>
          </SpaceBetween>
        </div>
      </Panel>
      <Container disableContentPaddings>
        <TabRow
          label="Which images"
          selected={variant.id}
          onSelect={onVariant}
          tabs={plugin.variants.map(({ id, name }) => ({ id, label: name }))}
        >
          {variant.credentialKinds.length === 0 ? (
            <ReferenceList
              plugin={plugin}
              variant={variant}
              chosen={chosen}
              missing={showProblems && chosen.length === 0}
              onPending={onPending}
              onChange={(images) => update({ chosen: { ...state.chosen, [variant.id]: images } })}
            />
          ) : (
            <>
              <div>{variant.summary}</div>
              <div className={styles['notes']}>
                <div className={styles['note']}>
                  <b>What ESSCM reads</b>
                  Repository and tag lists, manifests and layers. Nothing is written to your registry, and layers are not kept.
                </div>
                <div className={styles['note']}>
                  <b>What it costs you</b>
                  Each layer is downloaded once. Traffic out of your registry may be billed; you see the amount before you connect.
                </div>
              </div>
            </>
          )}
        </TabRow>
      </Container>
    </Stack>
  );
}

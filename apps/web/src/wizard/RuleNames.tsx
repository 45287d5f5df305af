import { toSelectionInput } from '../registry/rule-draft.js';
import styles from '../registry/RuleEditor.module.css';
import { RulePreview } from '../registry/RulePreview.js';
import { useSelectionPreview } from '../registry/use-selection-preview.js';
import { Alert } from '../ui/Alert.js';
import { FormField } from '../ui/FormField.js';
import { Input } from '../ui/Input.js';
import { Panel, Stack } from '../ui/Panel.js';
import type { StepProps } from './step-props.js';

const shown = 50;
const placeholders = 'Filled in: {repository}, {name} (its last part), {tag}, {digest:12}, {pushed}.';

/** Names of what rules find, by template; single images are renamed once they are there. */
export function RuleNames({ state, update, plugin, draftId, problem }: StepProps & { readonly draftId: string; readonly problem: string | undefined }) {
  const { naming, selections, platforms } = state;
  const preview = useSelectionPreview({ draftId }, selections.map((rule) => toSelectionInput(rule, naming, platforms)), shown);
  const issueOf = (field: string) => Object.entries(preview.issues).find(([name]) => name.endsWith(`.naming.${field}`))?.[1];
  return (
    <Stack>
      {problem === undefined ? null : (
        <div role="alert" tabIndex={-1}>
          <Alert type="error">{problem}</Alert>
        </div>
      )}
      <Panel title="Names" description="A project groups images that ship together; a version is one release of it.">
        <div className={styles['fields']}>
          <FormField label="Project name" description={placeholders} errorText={issueOf('project')}>
            <Input value={naming.project} autoComplete={false} spellcheck={false} onChange={({ detail }) => update({ naming: { ...naming, project: detail.value } })} />
          </FormField>
          <FormField label="Version" description={placeholders} errorText={issueOf('version')}>
            <Input value={naming.version} autoComplete={false} spellcheck={false} onChange={({ detail }) => update({ naming: { ...naming, version: detail.value } })} />
          </FormField>
        </div>
      </Panel>
      <RulePreview state={preview} who={plugin.name} names />
    </Stack>
  );
}

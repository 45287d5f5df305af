import { PlatformField } from '../registry/PlatformField.js';
import { toSelectionInput } from '../registry/rule-draft.js';
import { RuleEditor } from '../registry/RuleEditor.js';
import { RulePreview } from '../registry/RulePreview.js';
import { useSelectionPreview } from '../registry/use-selection-preview.js';
import { Alert } from '../ui/Alert.js';
import type { StepProps } from './step-props.js';

const shown = 50;

/** Rules, and what they match at this moment. */
export function RulesChoice({ state, update, plugin, showProblems, draftId }: StepProps & { readonly draftId: string }) {
  const { selections, naming, platforms } = state;
  const preview = useSelectionPreview({ draftId }, selections.map((rule) => toSelectionInput(rule, naming, platforms)), shown);
  const issue = Object.entries(preview.issues).find(([field]) => field.endsWith('.platforms'))?.[1];
  return (
    <>
      {showProblems && Object.keys(preview.issues).length > 0 ? (
        <div role="alert" tabIndex={-1}>
          <Alert type="error">A rule cannot be read. Correct the marked fields.</Alert>
        </div>
      ) : null}
      <RuleEditor rules={selections} onChange={(next) => update({ selections: next })} issues={preview.issues} />
      <PlatformField platforms={platforms} onChange={(next) => update({ platforms: next })} issue={issue} />
      <RulePreview state={preview} who={plugin.name} />
    </>
  );
}

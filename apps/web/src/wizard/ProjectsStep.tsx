import { formatQuantity } from '../formats/format-count.js';
import { Alert } from '../ui/Alert.js';
import { FormField } from '../ui/FormField.js';
import { Input } from '../ui/Input.js';
import { Panel, Stack } from '../ui/Panel.js';
import { Select } from '../ui/Select.js';
import { selectionTotals } from './chosen-image.js';
import { downloadText } from './download-text.js';
import { nameProblems, noEdits, projectByRule, projectCount, versionByRule, type NamingRules } from './naming.js';
import { NamesTable } from './NamesTable.js';
import styles from './ProjectsStep.module.css';
import type { StepProps } from './step-props.js';
import { useSelectedLayers } from './use-selected-layers.js';

interface ProjectsStepProps extends StepProps {
  readonly problem: string | undefined;
  /** Empty where images are named without credentials. */
  readonly draftId: string;
  /** Where the registry is, as its verification said. */
  readonly region: string | undefined;
}

/** Which project and version each image belongs to: by rule, and by hand where the rule is wrong. */
export function ProjectsStep({ state, update, variant, chosen, showProblems, problem, draftId, region }: ProjectsStepProps) {
  const { rules, edits } = state;
  const { imageCount, sizeBytes } = selectionTotals(chosen);
  const download = useSelectedLayers(draftId, chosen, state.platforms);
  const setRules = (change: Partial<NamingRules>): void => update({ rules: { ...rules, ...change } });
  const missing = showProblems ? nameProblems(chosen, rules, edits) : [];
  const message = problem ?? (missing.length > 0 ? `${formatQuantity(missing.length, 'image')} without a project or version name.` : undefined);
  const [example] = chosen;
  const projectOptions = [
    { value: 'repository', label: 'From the repository', description: example === undefined ? undefined : `${example.repository} becomes ${projectByRule(example.repository, { ...rules, project: 'repository' })}` },
    { value: 'path', label: 'From the whole path', description: example === undefined ? undefined : `${example.repository} stays as it is` },
    { value: 'fixed', label: 'One project for all', description: 'You type its name' },
  ];
  const versionOptions = [
    { value: 'tag', label: 'From the tag', description: example === undefined ? undefined : `${versionByRule(example, { ...rules, version: 'tag' })}; digests use the push date` },
    { value: 'fixed', label: 'One version for all', description: 'You type it' },
  ];
  return (
    <Stack>
      {message === undefined ? null : (
        <div role="alert" tabIndex={-1}>
          <Alert type="error">{message}</Alert>
        </div>
      )}
      <Panel title="Names" description="A project groups images that ship together; a version is one release of it.">
        <div className={styles['rules']}>
          <div>
            <FormField label="Project name">
              <Select
                triggerVariant="option"
                options={projectOptions}
                selectedOption={projectOptions.find(({ value }) => value === rules.project) ?? null}
                onChange={({ detail }) => setRules({ project: detail.selectedOption.value === 'path' || detail.selectedOption.value === 'fixed' ? detail.selectedOption.value : 'repository' })}
              />
            </FormField>
            {rules.project === 'fixed' ? (
              <div className={styles['fixed']}>
                <Input ariaLabel="Project name for all images" placeholder="Project name" value={rules.projectText} autoComplete={false} onChange={({ detail }) => setRules({ projectText: detail.value })} />
              </div>
            ) : null}
          </div>
          <div>
            <FormField label="Version">
              <Select
                triggerVariant="option"
                options={versionOptions}
                selectedOption={versionOptions.find(({ value }) => value === rules.version) ?? null}
                onChange={({ detail }) => setRules({ version: detail.selectedOption.value === 'fixed' ? 'fixed' : 'tag' })}
              />
            </FormField>
            {rules.version === 'fixed' ? (
              <div className={styles['fixed']}>
                <Input ariaLabel="Version for all images" placeholder="Version" value={rules.versionText} autoComplete={false} onChange={({ detail }) => setRules({ versionText: detail.value })} />
              </div>
            ) : null}
          </div>
        </div>
      </Panel>
      <NamesTable chosen={chosen} rules={rules} edits={edits} onChange={(next) => update({ edits: next })} onReset={() => update({ edits: noEdits })} />
      <div className={styles['bar']}>
        <b>
          {formatQuantity(imageCount, 'image')} in {formatQuantity(projectCount(chosen, rules, edits), 'project')}
        </b>
        <span>{download.counting ? 'counting layers…' : downloadText(download.layers, sizeBytes, region)}</span>
        <span>layers already known are not downloaded again</span>
        {variant.capabilities.listTags ? <span>then checked every hour without downloading</span> : null}
      </div>
    </Stack>
  );
}

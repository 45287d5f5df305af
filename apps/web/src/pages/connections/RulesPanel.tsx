import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { formatCount, formatQuantity } from '../../formats/format-count.js';
import { SetSelectionsDocument, type ConnectionQuery } from '../../gql/graphql.js';
import { outcomeOf } from '../../graphql/outcome.js';
import { PlatformField } from '../../registry/PlatformField.js';
import { defaultNaming, defaultPlatforms, emptyRule, fromSelection, toSelectionInput, type NamingDraft, type PlatformDraft, type RuleDraft } from '../../registry/rule-draft.js';
import { RuleEditor } from '../../registry/RuleEditor.js';
import { RulePreview } from '../../registry/RulePreview.js';
import { useSelectionPreview } from '../../registry/use-selection-preview.js';
import { Button } from '../../ui/Button.js';
import { DataTable } from '../../ui/DataTable.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { FormField } from '../../ui/FormField.js';
import { Input } from '../../ui/Input.js';
import { Notice } from '../../ui/Notice.js';
import { Panel, Stack } from '../../ui/Panel.js';
import { SpaceBetween } from '../../ui/SpaceBetween.js';

type Connection = NonNullable<ConnectionQuery['connection']>;

interface RulesPanelProps {
  readonly connection: Connection;
  readonly editing: boolean;
  /** A new rule is begun for it; empty for none in particular. */
  readonly repository: string;
  readonly onEdit: (editing: boolean) => void;
  readonly onChanged: () => void;
}

/** The rules of a connection and what each has found; edited in place with a preview. */
export function RulesPanel({ connection, editing, repository, onEdit, onChanged }: RulesPanelProps) {
  const { selections, imageCount } = connection;
  const byRule = selections.reduce((sum, selection) => sum + selection.imageCount, 0);
  const others = imageCount - byRule;
  if (editing) {
    return (
      <Editor
        connection={connection}
        repository={repository}
        onClose={(changed) => {
          onEdit(false);
          if (changed) onChanged();
        }}
      />
    );
  }
  return (
    <Panel
      title="Rules"
      counter={selections.length === 0 ? '' : `(${selections.length})`}
      description={selections.length === 0 ? 'Images of this connection were chosen by hand. A rule also finds those pushed later.' : `${formatQuantity(byRule, 'image')} by rule, ${formatCount(Math.max(0, others))} by hand or no longer matched.`}
      aside={<Button onClick={() => onEdit(true)}>{selections.length === 0 ? 'Add a rule' : 'Edit rules'}</Button>}
    >
      {selections.length === 0 ? null : (
        <DataTable
          frame="inside"
          label="Rules"
          rows={selections}
          rowId={({ id }) => id}
          empty={<EmptyState compact title="No rules" text="Rules find images pushed later." />}
          columns={[
            { id: 'rule', header: 'Images', phoneLine: 1, cell: ({ summary }) => <span className="esscm-strong">{summary}</span> },
            { id: 'names', header: 'Named', phoneLine: 2, cell: ({ naming }) => <span className="esscm-mono esscm-secondary">{`${naming.project} · ${naming.version}`}</span> },
            { id: 'platforms', header: 'Platforms', width: 180, cell: ({ platforms }) => (platforms.all ? 'Every platform' : (platforms.list?.join(', ') ?? 'linux/amd64')) },
            { id: 'count', header: 'Tracks', width: 110, cell: (selection) => formatQuantity(selection.imageCount, 'image') },
          ]}
        />
      )}
    </Panel>
  );
}

function Editor({ connection, repository, onClose }: Pick<RulesPanelProps, 'connection' | 'repository'> & { readonly onClose: (changed: boolean) => void }) {
  const { selections } = connection;
  const [first] = selections;
  const [rules, setRules] = useState<readonly RuleDraft[]>(() => rulesToEdit(selections, repository));
  const [naming, setNaming] = useState<NamingDraft>(first?.naming ?? defaultNaming);
  const [platforms, setPlatforms] = useState<PlatformDraft>(() => (first === undefined ? defaultPlatforms : { choice: first.platforms.all ? 'all' : first.platforms.list == null ? 'default' : 'list', list: first.platforms.list?.join(', ') ?? '' }));
  const [problem, setProblem] = useState<string>();
  const [save, { loading }] = useMutation(SetSelectionsDocument);
  const inputs = rules.map((rule) => toSelectionInput(rule, naming, platforms));
  const preview = useSelectionPreview({ connectionId: connection.id }, inputs, 20);
  const store = async (chosen: typeof inputs): Promise<void> => {
    setProblem(undefined);
    const outcome = await outcomeOf(save({ variables: { id: connection.id, selections: chosen } }));
    if ('problem' in outcome) setProblem(outcome.problem);
    else if (outcome.data.setSelections.__typename === 'SelectionsPayload') onClose(true);
    else setProblem(outcome.data.setSelections.message);
  };
  const issueOf = (field: string) => Object.entries(preview.issues).find(([name]) => name.endsWith(field))?.[1];
  return (
    <Panel title="Rules" description="Images that a changed rule no longer wants stay, with their results, and are marked.">
      <Stack>
        <Notice problem={problem} onDismiss={() => setProblem(undefined)} />
        <RuleEditor rules={rules} onChange={setRules} issues={preview.issues} />
        <SpaceBetween direction="horizontal" size="m">
          <FormField label="Project name" errorText={issueOf('.naming.project')}>
            <Input value={naming.project} autoComplete={false} spellcheck={false} onChange={({ detail }) => setNaming({ ...naming, project: detail.value })} />
          </FormField>
          <FormField label="Version" errorText={issueOf('.naming.version')}>
            <Input value={naming.version} autoComplete={false} spellcheck={false} onChange={({ detail }) => setNaming({ ...naming, version: detail.value })} />
          </FormField>
        </SpaceBetween>
        <PlatformField platforms={platforms} onChange={setPlatforms} issue={issueOf('.platforms')} />
        <RulePreview state={preview} who={connection.plugin.name} />
        <SpaceBetween direction="horizontal" size="xs">
          <Button variant="primary" loading={loading} onClick={() => void store(inputs)}>
            Save rules
          </Button>
          {selections.length === 0 ? null : (
            <Button loading={loading} onClick={() => void store([])}>
              Remove all rules
            </Button>
          )}
          <Button variant="link" onClick={() => onClose(false)}>
            Cancel
          </Button>
        </SpaceBetween>
      </Stack>
    </Panel>
  );
}

/** The rules there are, and a new one for the repository that was asked for; at least one. */
function rulesToEdit(selections: Connection['selections'], repository: string): readonly RuleDraft[] {
  const stored = selections.flatMap(({ id, rule }) => (rule == null ? [] : [fromSelection(id, rule)]));
  if (repository !== '') return [...stored, { ...emptyRule(), repository }];
  return selections.length === 0 ? [emptyRule()] : stored;
}

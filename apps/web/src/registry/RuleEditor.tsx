import { Button } from '../ui/Button.js';
import { Checkbox } from '../ui/Checkbox.js';
import { FormField } from '../ui/FormField.js';
import { Input } from '../ui/Input.js';
import { Select } from '../ui/Select.js';
import { TextButton } from '../ui/TextButton.js';
import { emptyRule, type RuleDraft } from './rule-draft.js';
import styles from './RuleEditor.module.css';

interface RuleEditorProps {
  readonly rules: readonly RuleDraft[];
  readonly onChange: (rules: readonly RuleDraft[]) => void;
  /** By field of the API, such as `selections.0.rule.tag`. */
  readonly issues: Readonly<Record<string, string>>;
}

const maximumRules = 20;
const orders = [
  { value: 'PUSH', label: 'newest by push' },
  { value: 'VERSION', label: 'highest versions' },
] as const;

/** Rules, each a box of conditions that all have to hold. */
export function RuleEditor({ rules, onChange, issues }: RuleEditorProps) {
  return (
    <div className={styles['rules']}>
      {rules.map((rule, index) => (
        <RuleFields
          key={rule.key}
          rule={rule}
          title={rules.length === 1 ? 'Images that match' : `Rule ${index + 1}`}
          issueOf={(field) => issueOf(issues, `selections.${index}.rule.${field}`)}
          onChange={(change) => onChange(rules.map((other) => (other === rule ? { ...rule, ...change } : other)))}
          onRemove={rules.length === 1 ? undefined : () => onChange(rules.filter((other) => other !== rule))}
        />
      ))}
      {rules.length < maximumRules ? (
        <div>
          <Button iconName="add-plus" onClick={() => onChange([...rules, emptyRule()])}>
            Add a rule
          </Button>
        </div>
      ) : null}
    </div>
  );
}

interface RuleFieldsProps {
  readonly rule: RuleDraft;
  readonly title: string;
  readonly issueOf: (field: string) => string | undefined;
  readonly onChange: (change: Partial<RuleDraft>) => void;
  readonly onRemove: (() => void) | undefined;
}

function RuleFields({ rule, title, issueOf: issue, onChange, onRemove }: RuleFieldsProps) {
  const text = (field: 'repository' | 'tag' | 'excludeTag' | 'versionRange' | 'newerThanDays' | 'pulledWithinDays', label: string, description: string, placeholder: string) => (
    <FormField label={label} description={description} errorText={issue(field)}>
      <Input value={rule[field]} placeholder={placeholder} autoComplete={false} spellcheck={false} onChange={({ detail }) => onChange({ [field]: detail.value })} />
    </FormField>
  );
  return (
    <section className={styles['rule']} aria-label={title}>
      <div className={styles['head']}>
        <h3>{title}</h3>
        <Checkbox checked={rule.regex} onChange={({ detail }) => onChange({ regex: detail.checked })}>
          Regular expressions
        </Checkbox>
        {onRemove === undefined ? null : (
          <span className={styles['end']}>
            <TextButton onClick={onRemove} ariaLabel={`Remove ${title.toLowerCase()}`}>
              Remove
            </TextButton>
          </span>
        )}
      </div>
      <div className={styles['fields']}>
        {text('repository', 'Repository', rule.regex ? 'Has to match the whole path.' : '* is any name, ** any path, {a,b} either.', rule.regex ? 'payments/.+' : 'payments/**')}
        {text('tag', 'Tag - optional', 'Empty: any tag.', rule.regex ? '\\d+\\.\\d+\\.\\d+' : '2.*')}
        {text('excludeTag', 'Not these tags - optional', 'Left out even if they match.', rule.regex ? '.*-rc.*' : '*-rc*')}
        {text('versionRange', 'Version range - optional', 'Tags that are no version are left out.', '>=2.0 <3')}
        <FormField label="Only the latest - optional" description="Of each repository." errorText={issue('latest')}>
          <div className={styles['pair']}>
            <Input ariaLabel="How many of each repository" value={rule.latest} inputMode="numeric" placeholder="all" autoComplete={false} onChange={({ detail }) => onChange({ latest: detail.value })} />
            <Select
              ariaLabel="Latest by"
              options={[...orders]}
              selectedOption={orders.find(({ value }) => value === rule.latestBy) ?? null}
              onChange={({ detail }) => onChange({ latestBy: detail.selectedOption.value === 'VERSION' ? 'VERSION' : 'PUSH' })}
            />
          </div>
        </FormField>
        {text('newerThanDays', 'Pushed within days - optional', 'Empty: any age.', '90')}
        {text('pulledWithinDays', 'Pulled within days - optional', 'Where the registry records pulls.', '30')}
      </div>
    </section>
  );
}

/** The issue of a field or of a part of it. */
function issueOf(issues: Readonly<Record<string, string>>, field: string): string | undefined {
  return Object.entries(issues).find(([name]) => name === field || name.startsWith(`${field}.`))?.[1];
}

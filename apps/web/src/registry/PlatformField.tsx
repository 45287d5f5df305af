import { FormField } from '../ui/FormField.js';
import { Input } from '../ui/Input.js';
import { Select } from '../ui/Select.js';
import styles from './PlatformField.module.css';
import type { PlatformDraft } from './rule-draft.js';

const choices = [
  { value: 'default', label: 'linux/amd64' },
  { value: 'all', label: 'Every platform' },
  { value: 'list', label: 'These platforms' },
] as const;

/** Which platforms of images that are for several are scanned. */
export function PlatformField({ platforms, onChange, issue }: { readonly platforms: PlatformDraft; readonly onChange: (platforms: PlatformDraft) => void; readonly issue?: string | undefined }) {
  return (
    <div className={styles['platforms']}>
      <FormField label="Platforms" description="Of images that are for several.">
        <Select
          options={[...choices]}
          selectedOption={choices.find(({ value }) => value === platforms.choice) ?? null}
          onChange={({ detail }) => onChange({ ...platforms, choice: choices.find(({ value }) => value === detail.selectedOption.value)?.value ?? 'default' })}
        />
      </FormField>
      {platforms.choice === 'list' ? (
        <FormField label="Which" description="Those of these that an image has." errorText={issue}>
          <Input value={platforms.list} placeholder="linux/amd64, linux/arm64" autoComplete={false} spellcheck={false} onChange={({ detail }) => onChange({ ...platforms, list: detail.value })} />
        </FormField>
      ) : null}
    </div>
  );
}

import type { CredentialFormFragment } from '../gql/graphql.js';
import { Autosuggest } from '../ui/Autosuggest.js';
import { CopyText } from '../ui/CopyText.js';
import { FormField } from '../ui/FormField.js';
import { Input } from '../ui/Input.js';
import { Select } from '../ui/Select.js';
import { Spinner } from '../ui/Spinner.js';

interface CredentialFieldProps {
  readonly field: CredentialFormFragment['fields'][number];
  readonly value: string;
  /** Said instead of the description when the server has a value already. */
  readonly storedHint: string | undefined;
  readonly error: string | undefined;
  readonly onChange: (value: string) => void;
}

/** One field of a credential form, by its type. */
export function CredentialField({ field, value, storedHint, error, onChange }: CredentialFieldProps) {
  const description = storedHint ?? (field.type === 'SECRET' ? (field.description ?? 'Encrypted before it is stored. Never shown again.') : field.description);
  return (
    <FormField
      label={field.required ? field.label : <span>{field.label} <i className="esscm-optional">- optional</i></span>}
      constraintText={description ?? undefined}
      errorText={error}
    >
      <Control field={field} value={value} onChange={onChange} />
    </FormField>
  );
}

function Control({ field, value, onChange }: Pick<CredentialFieldProps, 'field' | 'value' | 'onChange'>) {
  const placeholder = field.placeholder ?? '';
  if (field.type === 'GENERATED') return value === '' ? <Spinner /> : <CopyText text={value} label={field.label} />;
  const options = (field.choices ?? []).map((choice) => ({ value: choice.value, label: choice.value, description: choice.label === choice.value ? undefined : choice.label }));
  if (field.type === 'CHOICE' && field.allowOther !== true) {
    // What is sent is nobody's concern where nothing else can be.
    const named = (field.choices ?? []).map((choice) => ({ value: choice.value, label: choice.label }));
    return (
      <Select
        selectedOption={named.find((option) => option.value === value) ?? null}
        options={named}
        filteringType="auto"
        placeholder={placeholder}
        triggerVariant="option"
        onChange={({ detail }) => onChange(detail.selectedOption.value ?? '')}
      />
    );
  }
  if (field.type === 'CHOICE') {
    return (
      <Autosuggest
        value={value}
        options={options}
        placeholder={placeholder}
        enteredTextLabel={(text) => `Use "${text}"`}
        empty="No match"
        onChange={({ detail }) => onChange(detail.value)}
      />
    );
  }
  return (
    <Input
      type={field.type === 'SECRET' ? 'password' : 'text'}
      name={field.name}
      value={value}
      placeholder={placeholder}
      autoComplete={field.type === 'SECRET' ? 'new-password' : false}
      spellcheck={false}
      onChange={({ detail }) => onChange(detail.value)}
    />
  );
}

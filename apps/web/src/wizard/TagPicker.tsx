import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { formatQuantity } from '../formats/format-count.js';
import { ReferenceTagsDocument } from '../gql/graphql.js';
import { Alert } from '../ui/Alert.js';
import { FormField } from '../ui/FormField.js';
import { Input } from '../ui/Input.js';
import { Spinner } from '../ui/Spinner.js';
import { TextButton } from '../ui/TextButton.js';
import styles from './SourceStep.module.css';

interface TagPickerProps {
  readonly pluginId: string;
  readonly variantId: string;
  /** As typed, with or without a tag. */
  readonly reference: string;
  readonly onPick: (reference: string) => void;
}

/** The tags of a public repository by name, to add by one click each. */
export function TagPicker({ pluginId, variantId, reference, onPick }: TagPickerProps) {
  const [search, setSearch] = useState('');
  const result = useQuery(ReferenceTagsDocument, { variables: { plugin: pluginId, variant: variantId, reference, search } });
  const answer = (result.data ?? result.previousData)?.referenceTags;
  if (answer === undefined) return result.error === undefined ? <Spinner /> : <Alert type="error">The tags could not be listed.</Alert>;
  if (answer.__typename !== 'ReferenceTags') return <Alert type="warning">{answer.__typename === 'ValidationProblem' ? (answer.issues[0]?.message ?? answer.message) : [answer.message, answer.remedy ?? ''].join(' ').trim()}</Alert>;
  const { name, tags, totalCount } = answer;
  return (
    <section aria-label={`Tags of ${name}`}>
      <FormField label={`Tags of ${name}`} constraintText={tags.length < totalCount ? `The first ${tags.length} of ${formatQuantity(totalCount, 'tag')}.` : formatQuantity(totalCount, 'tag')}>
        <Input type="search" value={search} placeholder="Find a tag" onChange={({ detail }) => setSearch(detail.value)} />
      </FormField>
      <ul className={styles['tags']}>
        {tags.map((tag) => (
          <li key={tag}>
            <TextButton onClick={() => onPick(`${name}:${tag}`)}>{tag}</TextButton>
          </li>
        ))}
      </ul>
    </section>
  );
}

import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';
import { formatQuantity } from '../formats/format-count.js';
import { formatDigest } from '../formats/format-digest.js';
import { formatSize } from '../formats/format-size.js';
import { ResolveReferenceDocument, type WizardPluginFragment } from '../gql/graphql.js';
import { Alert } from '../ui/Alert.js';
import { Button } from '../ui/Button.js';
import { Checkbox } from '../ui/Checkbox.js';
import { DataTable } from '../ui/DataTable.js';
import { FormField } from '../ui/FormField.js';
import { Input } from '../ui/Input.js';
import { LiveRegion } from '../ui/LiveRegion.js';
import { Prose } from '../ui/Prose.js';
import type { ChosenImage } from './chosen-image.js';
import { parseReferenceList } from './parse-reference-list.js';
import { hasTag, isPinned, shortReference, withPin } from './pinned-reference.js';
import { resolveReference } from './resolve-reference.js';
import { addChoices } from './selection.js';
import styles from './SourceStep.module.css';
import { TagPicker } from './TagPicker.js';
import { useCountdown } from './use-countdown.js';

interface ReferenceListProps {
  readonly plugin: Pick<WizardPluginFragment, 'id'>;
  readonly variant: { readonly id: string; readonly referencePlaceholder: string; readonly capabilities: { readonly tagNames: boolean } };
  readonly chosen: readonly ChosenImage[];
  readonly missing: boolean;
  readonly onPending: (pending: boolean) => void;
  readonly onChange: (chosen: readonly ChosenImage[]) => void;
}

/** Images by address, typed or pasted, each asked of the registry at once. What cannot be resolved stays in the field. */
export function ReferenceList({ plugin, variant, chosen, missing, onPending, onChange }: ReferenceListProps) {
  const client = useApolloClient();
  const [text, setText] = useState('');
  const [problems, setProblems] = useState<readonly string[]>([]);
  const [resolving, setResolving] = useState(false);
  /** When the registry wants to be asked again. */
  const [retryAt, setRetryAt] = useState<number>();
  /** Whose tags are shown. */
  const [listed, setListed] = useState<string>();
  const change = (next: string): void => {
    setText(next);
    onPending(next.trim() !== '');
  };
  const add = async (input: string): Promise<void> => {
    const references = parseReferenceList(input);
    if (references.length === 0 || resolving) return;
    setResolving(true);
    setProblems([]);
    setRetryAt(undefined);
    const answers = await Promise.all(
      references.map((reference) =>
        resolveReference(reference, async () => {
          const { data } = await client.query({ query: ResolveReferenceDocument, variables: { plugin: plugin.id, variant: variant.id, reference }, fetchPolicy: 'network-only' });
          return data?.resolveReference;
        }),
      ),
    );
    onChange(addChoices(chosen, answers.flatMap(({ image }) => (image === undefined ? [] : [image]))));
    // What only has to wait is no problem, but asked for again.
    setProblems(answers.flatMap(({ problem, retryAfterMs }) => (problem === undefined || retryAfterMs !== undefined ? [] : [problem])));
    const waits = answers.flatMap(({ retryAfterMs }) => retryAfterMs ?? []);
    if (waits.length > 0) setRetryAt(Date.now() + Math.max(1000, ...waits));
    change(answers.flatMap(({ reference, problem }) => (problem === undefined ? [] : [reference])).join(' '));
    setResolving(false);
  };
  const waitSeconds = useCountdown(retryAt, () => void add(text));
  const error = problems.length > 0 ? problems.join(' ') : missing ? 'Add at least one image.' : undefined;
  return (
    <>
      <div className={styles['fields']}>
        <FormField label="Image URI" description="Add one or many. Paste a list, one URI a line, to add them together." constraintText="A tag or a digest. Without one, latest is used." errorText={error === undefined ? undefined : <Prose text={error} />}>
          <div
            className={styles['add']}
            onPaste={(event) => {
              const pasted = event.clipboardData.getData('text');
              if (text.trim() !== '' || parseReferenceList(pasted).length < 2) return;
              // A text field would run the lines of a list together.
              event.preventDefault();
              change(parseReferenceList(pasted).join(' '));
              void add(pasted);
            }}
          >
            <Input
              value={text}
              placeholder={variant.referencePlaceholder}
              autoComplete={false}
              spellcheck={false}
              disabled={resolving}
              onChange={({ detail }) => change(detail.value)}
              onKeyDown={(event) => {
                if (event.detail.key !== 'Enter') return;
                event.preventDefault();
                void add(text);
              }}
            />
            <Button loading={resolving} disabled={text.trim() === ''} onClick={() => void add(text)}>
              Add
            </Button>
            {variant.capabilities.tagNames ? (
              <Button disabled={listed === undefined && parseReferenceList(text).length !== 1} onClick={() => setListed(listed === undefined ? text.trim() : undefined)}>
                {listed === undefined ? 'Show tags' : 'Hide tags'}
              </Button>
            ) : null}
          </div>
        </FormField>
        {waitSeconds === undefined ? null : (
          <Alert type="info">
            The registry limits how often it may be asked. Trying again in {waitSeconds} s.
          </Alert>
        )}
        {listed === undefined ? null : <TagPicker key={listed} pluginId={plugin.id} variantId={variant.id} reference={listed} onPick={(reference) => void add(reference)} />}
      </div>
      <LiveRegion text={chosen.length === 0 ? '' : `${formatQuantity(chosen.length, 'image')} to scan`} />
      {chosen.length === 0 ? null : (
        <div className={styles['list']}>
          <h3 className={styles['heading']}>
            Images to scan <span>({chosen.length})</span>
          </h3>
          <DataTable
            frame="inside"
            label="Images to scan"
            rows={chosen}
            rowId={({ reference }) => reference}
            empty={null}
            columns={[
              { id: 'image', header: 'Image', phoneLine: 1, cell: ({ reference }) => <span className="esscm-mono" title={reference}>{shortReference(reference)}</span> },
              { id: 'digest', header: 'Digest now', width: 210, phoneLine: 2, cell: ({ digest }) => <span className="esscm-mono esscm-secondary" title={digest}>{formatDigest(digest)}</span> },
              {
                id: 'pin',
                header: 'Pin',
                width: 90,
                cell: (image) => (
                  <Checkbox
                    checked={isPinned(image)}
                    disabled={!hasTag(image.reference)}
                    ariaLabel={`Pin ${image.reference} to its digest`}
                    onChange={({ detail }) => onChange(chosen.map((other) => (other.reference === image.reference ? withPin(image, detail.checked) : other)))}
                  />
                ),
              },
              { id: 'platforms', header: 'Platforms', width: 120, cell: ({ platformCount }) => (platformCount === undefined ? '–' : formatQuantity(platformCount, 'platform')) },
              { id: 'size', header: 'Size', width: 110, cell: ({ sizeBytes }) => formatSize(sizeBytes) },
              {
                id: 'remove',
                header: '',
                width: 56,
                cell: ({ reference }) => <Button variant="inline-icon" iconName="close" ariaLabel={`Remove ${reference}`} onClick={() => onChange(chosen.filter((image) => image.reference !== reference))} />,
              },
            ]}
          />
        </div>
      )}
    </>
  );
}

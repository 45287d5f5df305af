import { useMutation } from '@apollo/client/react';
import { useId, useState, type FormEvent } from 'react';
import { AddVexAddressDocument } from '../../gql/graphql.js';
import { outcomeOf } from '../../graphql/outcome.js';
import { Button } from '../../ui/Button.js';
import { FormField } from '../../ui/FormField.js';
import { Input } from '../../ui/Input.js';
import { Modal } from '../../ui/Modal.js';
import { Notice } from '../../ui/Notice.js';
import { Segments } from '../../ui/Segments.js';
import { SpaceBetween } from '../../ui/SpaceBetween.js';
import { uploadVex } from './upload-vex.js';
import { keptText } from './vex-words.js';

const ways = [
  { id: 'file', text: 'A file' },
  { id: 'address', text: 'An address' },
] as const;
type Way = (typeof ways)[number]['id'];

interface AddVexDocumentProps {
  /** What was added, in words. */
  readonly onAdded: (text: string) => void;
  readonly onCancel: () => void;
}

/** A VEX document from a file of this machine, or from an address that the server asks again every day. */
export function AddVexDocument({ onAdded, onCancel }: AddVexDocumentProps) {
  const [way, setWay] = useState<Way>('file');
  const [file, setFile] = useState<File>();
  const [address, setAddress] = useState('');
  const [problem, setProblem] = useState<string>();
  const [sending, setSending] = useState(false);
  const [addAddress] = useMutation(AddVexAddressDocument);
  const fileId = useId();
  const ready = way === 'file' ? file !== undefined : address.trim() !== '';
  const send = async (): Promise<string | undefined> => {
    if (way === 'file') {
      if (file === undefined) return undefined;
      const outcome = await uploadVex(file);
      if ('problem' in outcome) setProblem(outcome.problem);
      return 'problem' in outcome ? undefined : keptText(outcome.name, outcome.outcome, outcome.statementCount);
    }
    const outcome = await outcomeOf(addAddress({ variables: { input: { address: address.trim() } } }));
    if ('problem' in outcome) {
      setProblem(outcome.problem);
      return undefined;
    }
    const answer = outcome.data.addVexAddress;
    if (answer.__typename === 'VexDocumentPayload') return keptText(answer.document.name, answer.outcome);
    setProblem(answer.__typename === 'VexDocumentProblem' ? `${answer.message} ${answer.remedy}` : answer.message);
    return undefined;
  };
  const submit = async (event?: FormEvent): Promise<void> => {
    event?.preventDefault();
    if (!ready || sending) return;
    setProblem(undefined);
    setSending(true);
    const text = await send();
    setSending(false);
    if (text !== undefined) onAdded(text);
  };
  return (
    <Modal
      visible
      header="Add a VEX document"
      closeAriaLabel="Cancel"
      onDismiss={onCancel}
      footer={
        <SpaceBetween direction="horizontal" size="xs">
          <Button variant="link" onClick={onCancel}>
            Cancel
          </Button>
          <Button variant="primary" loading={sending} disabled={!ready} onClick={() => void submit()}>
            Add document
          </Button>
        </SpaceBetween>
      }
    >
      <form onSubmit={(event) => void submit(event)}>
        <SpaceBetween size="m">
          <Notice problem={problem} onDismiss={() => setProblem(undefined)} />
          <p>OpenVEX, CSAF VEX or CycloneDX in JSON, at most 16 MiB. You vouch for what it says: signatures are not checked.</p>
          <Segments label="From" selected={way} options={ways} onChange={setWay} />
          {way === 'file' ? (
            <FormField label="File" controlId={fileId} description="Another version of a document takes the place of the one before.">
              <input id={fileId} type="file" accept=".json,application/json" onChange={(event) => setFile(event.target.files?.[0])} />
            </FormField>
          ) : (
            <FormField label="Address" description="Fetched now and every day. It begins with https:// and needs no credentials.">
              <Input value={address} inputMode="url" autoComplete={false} placeholder="https://example.org/vex.json" onChange={({ detail }) => setAddress(detail.value)} />
            </FormField>
          )}
        </SpaceBetween>
      </form>
    </Modal>
  );
}

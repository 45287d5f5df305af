import type { VexDocumentRowFragment } from '../../gql/graphql.js';
import { ConfirmDelete } from '../../ui/ConfirmDelete.js';
import { removalText } from './vex-words.js';

/** Asks before a document is removed, saying how many findings will be open again. */
export function RemoveVexDialog({ document, busy, onConfirm, onCancel }: { readonly document: VexDocumentRowFragment; readonly busy: boolean; readonly onConfirm: () => void; readonly onCancel: () => void }) {
  return (
    <ConfirmDelete title={`Remove ${document.name}`} confirm="Remove document" busy={busy} onConfirm={onConfirm} onCancel={onCancel}>
      {removalText(document)}
    </ConfirmDelete>
  );
}

import { formatQuantity } from '../../formats/format-count.js';
import type { VexDocumentRowFragment, VexFormat, VexSilence, VexSource, VexStatementRowFragment } from '../../gql/graphql.js';

export const sourceWords: Readonly<Record<VexSource, string>> = { UPLOADED: 'Uploaded', ADDRESS: 'From an address', ATTACHED: 'Attached to an image' };

export const formatWords: Readonly<Record<VexFormat, string>> = { OPENVEX: 'OpenVEX', CSAF: 'CSAF VEX', CYCLONEDX: 'CycloneDX VEX' };

export const silenceWords: Readonly<Record<VexSilence, string>> = {
  NO_PRODUCT: 'Changes nothing: it names no product, and the document is attached to no image.',
  NOTHING_MATCHES: 'Changes nothing: no image has this vulnerability in what it names.',
};

type Effect = VexStatementRowFragment['effect'];

/** What statements change, such as `settles 14 findings of 3 images`. */
export function effectText({ findings, images, hidden, overruled }: Effect): string {
  const parts = [
    ...(findings === 0 ? [] : [`${hidden === findings ? 'settles' : 'decides'} ${formatQuantity(findings, 'finding')} of ${formatQuantity(images, 'image')}`]),
    ...(hidden === 0 || hidden === findings ? [] : [`${hidden} of them settled`]),
    ...(overruled === 0 ? [] : [`${formatQuantity(overruled, 'finding')} decided by another statement`]),
  ];
  return parts.length === 0 ? 'changes nothing' : parts.join(', ');
}

/** What goes with a document. */
export function removalText({ effect: { reopens, findings } }: Pick<VexDocumentRowFragment, 'effect'>): string {
  if (reopens > 0) return `${formatQuantity(reopens, 'finding')} will be open again. The history of each says that the document is gone.`;
  return findings > 0 ? 'No finding will be open again: people or other documents decide those it speaks of.' : 'It changes nothing now, so nothing will be open again.';
}

/** What was done with a document that was sent or fetched. */
export function keptText(name: string, outcome: string, statementCount?: number): string {
  if (outcome === 'unchanged') return `${name} is the version that is here already.`;
  const statements = statementCount === undefined ? '' : `, with ${formatQuantity(statementCount, 'statement')}`;
  return outcome === 'replaced' ? `${name} has taken the place of the version before${statements}.` : `${name} was added${statements}.`;
}

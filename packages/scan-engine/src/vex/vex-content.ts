import { createHash } from 'node:crypto';
import { readVex, VulnerabilitiesError, type VexDocument, type VexOrigin } from '@esscm/vulnerabilities';

/** A document as servers keep it. */
export interface VexContent extends Pick<VexDocument, 'format' | 'author' | 'version' | 'attachedTo' | 'problems' | 'statements'> {
  readonly documentId: string;
  /** RFC 3339, as written; may be empty. */
  readonly issued: string;
  /** SHA-256 of the text, `sha256:…`. */
  readonly digest: string;
  readonly sizeBytes: number;
}

/** Longest document that a server takes. The command takes longer ones, where only its own user waits. */
export const maximumVexBytes = 16 * 1024 * 1024;

const problemsNamed = 3;

/**
 * Reads a VEX document that is to be kept.
 * @throws VulnerabilitiesError `vex-malformed`, also when none of its statements can be read, and `vex-too-large`
 */
export function readVexContent(bytes: Uint8Array, origin: VexOrigin): VexContent {
  if (bytes.length > maximumVexBytes) throw new VulnerabilitiesError('vex-too-large', `${origin.location} has more than ${maximumVexBytes / 1024 / 1024} MiB.`, 'Split the document.');
  const { format, id, author, version, timestamp, attachedTo, problems, statements } = readVex(new TextDecoder().decode(bytes), origin);
  if (statements.length === 0) {
    const why = problems.length === 0 ? 'It states nothing about any vulnerability' : problems.slice(0, problemsNamed).join(' ');
    throw new VulnerabilitiesError('vex-malformed', `${origin.location} has no statement that can be read. ${why.replace(/[.:\s]+$/, '')}.`, 'Each statement needs a vulnerability and one of the statuses not_affected, affected, fixed and under_investigation, or a CycloneDX analysis.');
  }
  return { format, documentId: id, author, version, issued: timestamp, digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}`, sizeBytes: bytes.length, attachedTo, problems, statements };
}

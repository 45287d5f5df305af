import { fetchChangedDocument, OciError, type DialPolicy, type DocumentValidators } from '@esscm/oci-client';
import { VulnerabilitiesError } from '@esscm/vulnerabilities';
import { maximumVexBytes, readVexContent, type VexContent } from './vex-content.js';

/** Why a document could not be had, in words for people. */
export interface VexFailure {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

/**
 * The document at an address, and by what the server tells that it has not changed; undefined when it has not.
 * @throws OciError when it cannot be fetched; VulnerabilitiesError when it is none
 */
export async function fetchVex(address: string, validators: DocumentValidators, { dialer, signal }: { readonly dialer: DialPolicy; readonly signal: AbortSignal }): Promise<{ readonly content: VexContent; readonly validators: DocumentValidators } | undefined> {
  const fetched = await fetchChangedDocument(address, validators, { dialer, limitBytes: maximumVexBytes, signal });
  return fetched && { content: readVexContent(fetched.bytes, { location: address }), validators: fetched.validators };
}

const remedies: Partial<Record<OciError['code'], string>> = {
  blocked: 'Ask the operator of this server to allow the network with ESSCM_PRIVATE_NETWORKS, or upload the file.',
  'not-found': 'Check the address.',
  denied: 'Give an address that needs no credentials, or upload the file.',
  limit: 'Split the document, or upload the part that speaks of your images.',
  protocol: 'Give the https address of the JSON document itself.',
};

/** What a person can do about it. Undefined for an error that is no fault of the document or its address. */
export function vexFailure(error: unknown): VexFailure | undefined {
  if (error instanceof VulnerabilitiesError) return { code: error.code, message: error.message, remedy: error.remedy };
  if (error instanceof OciError) return { code: error.code, message: error.message, remedy: remedies[error.code] ?? 'It is tried again later. Check the address and that this server can reach it.' };
  return undefined;
}

import type { AttachmentOrigin } from '../../gql/graphql.js';

interface Attachment {
  readonly artifactName?: string | null;
  readonly artifactType?: string | null;
  readonly documents: readonly Document[];
}

interface Document {
  readonly name?: string | null;
  readonly mediaType: string;
  readonly predicateType?: string | null;
}

const origins: Readonly<Record<AttachmentOrigin, string>> = {
  REFERRER: 'refers to it',
  INDEX: 'listed in its index',
  TAG: 'found by a cosign tag',
};

/** What an in-toto statement is about, by the address it names itself with. */
const predicates: readonly (readonly [start: string, name: string])[] = [
  ['https://slsa.dev/provenance/', 'SLSA provenance'],
  ['https://spdx.dev/Document', 'SPDX document'],
  ['https://cyclonedx.org/', 'CycloneDX document'],
  ['https://openvex.dev/ns', 'OpenVEX document'],
];

/** `A Helm chart`: what an attachment is, for the first column. */
export function attachmentName({ artifactName, documents }: Attachment): string {
  const name = artifactName ?? documents.find((document) => document.name != null)?.name ?? 'an artefact';
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

/** How an attachment was found, and whether it belongs to all platforms. */
export function attachmentPlace({ origin, attachedTo }: { readonly origin: AttachmentOrigin; readonly attachedTo: string }, imageDigest: string | undefined): string {
  return attachedTo === imageDigest || imageDigest === undefined ? origins[origin] : `${origins[origin]}, for all platforms`;
}

/** A document in one or two words: what its statement is about, or its type where that is not the attachment's. */
export function documentName({ predicateType, mediaType }: Document, { artifactType }: Pick<Attachment, 'artifactType'>): string | undefined {
  if (predicateType == null) return mediaType === artifactType ? undefined : mediaType;
  return predicates.find(([start]) => predicateType.startsWith(start))?.[1] ?? predicateType;
}

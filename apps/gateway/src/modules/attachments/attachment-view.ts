import { artifactName, type AttachedDocument as StoredDocument, type Attachment } from '@esscm/oci-client';
import { attachmentPath } from './attachment-path.js';
import type { AttachedDocument, ImageAttachment } from './attachment.type.js';
import { payloadTypeOf } from './attached-payload.js';

const maximumAnnotations = 50;
const maximumValue = 1000;

/** An attachment as the API shows it. What its author wrote is cut to size; a date that is none is left out. */
export function attachmentView(imageId: string, { digest, artifactType, origin, attachedTo, sizeBytes, created, annotations, documents }: Attachment): ImageAttachment {
  const at = new Date(created ?? Number.NaN);
  return {
    digest,
    artifactType: artifactType === '' ? undefined : artifactType,
    artifactName: artifactName(artifactType),
    origin,
    attachedTo,
    sizeBytes,
    created: Number.isNaN(at.getTime()) ? undefined : at,
    annotations: Object.entries(annotations)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .slice(0, maximumAnnotations)
      .map(([key, value]) => ({ key: key.slice(0, maximumValue), value: value.slice(0, maximumValue) })),
    documents: documents.map((document) => documentView(imageId, document)),
  };
}

function documentView(imageId: string, document: StoredDocument): AttachedDocument {
  const { digest, mediaType, sizeBytes, predicateType } = document;
  const path = payloadTypeOf(document) === undefined ? undefined : attachmentPath(imageId, digest);
  return { digest, mediaType, name: artifactName(mediaType), predicateType: predicateType?.slice(0, maximumValue), sizeBytes, path };
}

import type { DocumentFormatId } from '@esscm/sbom';

/** Address of a document on this server. */
export function sbomPath(imageId: string, format: DocumentFormatId): string {
  return `/api/images/${encodeURIComponent(imageId)}/sbom?format=${format}`;
}

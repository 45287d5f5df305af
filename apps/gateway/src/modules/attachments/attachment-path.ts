/** Address of an attached document on this server. */
export function attachmentPath(imageId: string, document: string): string {
  return `/api/images/${encodeURIComponent(imageId)}/attachments/${document}`;
}

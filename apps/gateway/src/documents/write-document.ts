import { documentFormats, parseCatalogue, type DocumentFormatId } from '@esscm/sbom';
import type { TrackedImageRecord } from '@esscm/store';

export interface DocumentSource {
  /** The stored catalogue. */
  readonly catalogue: string;
  readonly image: Pick<TrackedImageRecord, 'name' | 'tag'>;
  readonly format: DocumentFormatId;
}

/**
 * The stored catalogue as a document, in pieces. The same catalogue and image always give the same bytes. A content is stored
 * once for all names that share its digest; the document names the image it was asked for.
 * @throws SbomError when the catalogue cannot be read
 */
export function writeDocument({ catalogue: serialised, image, format }: DocumentSource): Iterable<string> {
  const catalogue = parseCatalogue(serialised);
  const { tag: _firstTag, ...content } = catalogue.image;
  const { write } = documentFormats.find(({ id }) => id === format) ?? documentFormats[0];
  return write({ ...catalogue, image: { ...content, name: image.name, ...(image.tag !== undefined && { tag: image.tag }) } });
}

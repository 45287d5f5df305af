import type { Catalogue } from '@esscm/sbom';
import { catalogueOfDocument, readDocument } from '@esscm/sbom/documents';
import { openDocument } from './open-document.js';

/**
 * The catalogue of a document of any format. What the document holds and a catalogue does not is told to `remark`.
 * @throws DocumentError naming the places that are wrong; CommandError when the file cannot be read
 */
export async function importDocument(file: string, remark: (line: string) => void): Promise<Catalogue> {
  const { catalogue, leftOut } = catalogueOfDocument(await readDocument(await openDocument(file)));
  if (leftOut.size > 0) remark(`${file}: not taken over: ${[...leftOut].map(([kind, count]) => `${count} ${kind}`).join(', ')}`);
  return catalogue;
}

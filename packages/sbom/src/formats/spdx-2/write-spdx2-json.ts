import type { Catalogue } from '../../catalogue.js';
import { withContentUuidOnce } from '../content-identifier.js';
import type { DocumentOptions } from '../document-options.js';
import { jsonChunks, JsonElements } from '../json-chunks.js';
import { documentId, spdx2Document, type Spdx2Document } from './spdx2-document.js';

/**
 * Writes a catalogue as an SPDX 2.3 JSON document. The same catalogue and options give the same bytes: the namespace comes
 * from the content; `created`, which SPDX demands, is the time in the options, else that of the image, else the start of 1970.
 */
export function writeSpdx2Json(catalogue: Catalogue, options: DocumentOptions = {}): Iterable<string> {
  return withContentUuidOnce((uuid) => {
    const document = spdx2Document(catalogue, options);
    return jsonChunks({
      spdxVersion: 'SPDX-2.3',
      dataLicense: 'CC0-1.0',
      SPDXID: documentId,
      documentNamespace: `urn:uuid:${uuid}`,
      name: document.name,
      creationInfo: document.creationInfo,
      annotations: document.annotations.length === 0 ? undefined : document.annotations,
      packages: new JsonElements(document.packages),
      // Read after the packages, which fill it.
      hasExtractedLicensingInfos: new JsonElements(extractedOf(document)),
      relationships: new JsonElements(document.relationships),
    });
  });
}

function* extractedOf(document: Spdx2Document): Generator<object> {
  yield* document.extracted();
}

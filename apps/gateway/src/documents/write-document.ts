import { parseCatalogue, writeCycloneDx16Json, writeSpdx23Json } from '@esscm/sbom';
import type { TrackedImageRecord } from '@esscm/store';
import type { SbomFormat } from '../modules/images/sbom-format.js';

const writers = { 'cyclonedx-1.6-json': writeCycloneDx16Json, 'spdx-2.3-json': writeSpdx23Json } as const;

/**
 * The stored catalogue as a document. The same catalogue and image always give the same bytes. A content is stored once for all
 * names that share its digest; the document names the image it was asked for.
 */
export function writeSbom(serialised: string, image: Pick<TrackedImageRecord, 'name' | 'tag'>, format: SbomFormat): string {
  const catalogue = parseCatalogue(serialised);
  const { tag: _firstTag, ...content } = catalogue.image;
  return writers[format]({ ...catalogue, image: { ...content, name: image.name, ...(image.tag !== undefined && { tag: image.tag }) } });
}

import type { Catalogue } from '../../catalogue.js';
import { withContentUuidOnce } from '../content-identifier.js';
import type { DocumentOptions } from '../document-options.js';
import { jsonChunks, JsonElements } from '../json-chunks.js';
import { cycloneDxBom } from './cyclonedx-bom.js';
import type { CycloneDxVersion } from './cyclonedx-model.js';

/**
 * Writes a catalogue as a CycloneDX JSON document. The same catalogue and options give the same bytes: the serial number
 * comes from the content, the time from the image or the options and is left out where neither says one.
 */
export function writeCycloneDxJson(version: CycloneDxVersion, catalogue: Catalogue, options: DocumentOptions = {}): Iterable<string> {
  return withContentUuidOnce((uuid) => {
    const { metadata, components, dependencies, compositions } = cycloneDxBom(catalogue, options, version);
    return jsonChunks({
      $schema: `http://cyclonedx.org/schema/bom-${version}.schema.json`,
      bomFormat: 'CycloneDX',
      specVersion: version,
      serialNumber: `urn:uuid:${uuid}`,
      version: 1,
      metadata,
      components: new JsonElements(components),
      dependencies: new JsonElements(dependencies),
      compositions,
    });
  });
}

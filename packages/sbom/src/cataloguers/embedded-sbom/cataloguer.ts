import { defineCataloguer, type Assembly, type Extraction } from '../cataloguer.js';
import { claimComponent } from './claim-component.js';
import { readClaims, type SbomClaim } from './read-claims.js';

const documentName = /(?:\.spdx(?:\.json)?|\.cdx(?:\.json)?|\.syft\.json|(?:^|\/)(?:bom|sbom)(?:\.cdx|\.spdx)?\.json|\.dist-info\/sboms\/[^/]+\.json)$/i;
const bitnamiDocument = /(?:^|\/)\.spdx-[^/]+\.spdx$/;
const maximumDocumentBytes = 32 * 1024 * 1024;

/** Of what a document says and nothing else shows. */
const confidence = 0.5;

/**
 * SBOM documents that came with the software in an image: what they name is claimed, not seen. A claim adds a component only
 * where nothing else shows the package; system packages are claimed in vain where the system's own database is there.
 */
export const embeddedSbomCataloguer = defineCataloguer<readonly SbomClaim[]>({
  name: 'embedded-sbom',
  version: 2,
  candidates: { endings: ['spdx', 'cdx', 'json'] },
  wants: (path, _mode, sizeBytes) => sizeBytes <= maximumDocumentBytes && documentName.test(path) && !bitnamiDocument.test(path),
  extract({ path, content }): Extraction<readonly SbomClaim[]> {
    const claims = readClaims(content.toString());
    if (claims !== undefined) return claims.length === 0 ? {} : { fact: claims };
    // Other files may be called bom.json.
    if (!/\.(?:spdx|cdx|syft)/i.test(path)) return {};
    return { diagnostics: [{ code: 'embedded-sbom-unreadable', severity: 'notice', message: 'A file named like an SBOM is none that can be read.' }] };
  },
  assemble: (view): Assembly => ({
    components: [],
    claims: view.files.flatMap((file) => {
      const identity = JSON.stringify(file.fact);
      const location = view.location(file.path, view.introducedIn(file, (fact) => JSON.stringify(fact) === identity));
      return file.fact.filter(({ packageUrl }) => !/^pkg:(?:oci|docker)\//.test(packageUrl)).map((claim) => claimComponent(claim, location, confidence));
    }),
  }),
});

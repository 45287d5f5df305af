import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasSharedFixtures, readSharedFixtureBytes, sharedFixtures } from '../test-support/shared-fixtures.js';
import { catalogueOfDocument } from './document-catalogue.js';
import { DocumentError } from './document-error.js';
import { readDocument } from './read-document.js';

/** The CycloneDX specification's own documents; their names say whether they are valid. */
const conformance = sharedFixtures('sbom-examples/cyclonedx-conformance', '').filter((name) => /\.(?:json|xml)$/.test(name));
/** Documents by other tools and by hand. */
const examples = [...sharedFixtures('sbom-examples/cyclonedx', ''), ...sharedFixtures('sbom-examples/spdx', '')].filter((name) => /\.\w+$/.test(name));

/** Of a version older than what is read. */
const tooOld = 'SBOM_laravel-7.12.0_bom.1.1.xml';

const outcome = async (name: string): Promise<string | readonly string[]> => {
  try {
    catalogueOfDocument(await readDocument(readSharedFixtureBytes(name)));
    return 'read';
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    return error.problems.map(({ place }) => place);
  }
};

describe.runIf(hasSharedFixtures)('documents of the CycloneDX specification', () => {
  it('are there', () => {
    expect(conformance).toHaveLength(325);
  });

  it.each(conformance.filter((name) => path.basename(name).startsWith('valid')))('%s is read', async (name) => {
    expect(await outcome(name)).toBe('read');
  });

  it.each(conformance.filter((name) => path.basename(name).startsWith('invalid')))('%s is refused with the place named', async (name) => {
    expect(await outcome(name)).toEqual(expect.arrayContaining([expect.stringMatching(name.endsWith('.xml') ? /^line \d+$/ : /^\/|^$/)]));
  });
});

describe.runIf(hasSharedFixtures)('documents of others', () => {
  it.each(examples.filter((name) => path.basename(name) !== tooOld))('%s is read', async (name) => {
    expect(await outcome(name)).toBe('read');
  });

  it('of a version before 1.2 are refused', async () => {
    expect(await outcome(`sbom-examples/cyclonedx/${tooOld}`)).toEqual(['line 2']);
  });

  it('say the same in JSON and in XML', async () => {
    const catalogue = async (name: string) => catalogueOfDocument(await readDocument(readSharedFixtureBytes(`sbom-examples/cyclonedx/${name}`))).catalogue;
    for (const name of ['SBOM_laravel-7.12.0_bom.1.4', 'SBOM_proton-bridge_proton-bridge-v1.8.0.bom']) {
      const [json, xml] = [await catalogue(`${name}.json`), await catalogue(`${name}.xml`)];
      expect({ components: xml.components, relationships: xml.relationships }).toEqual({ components: json.components, relationships: json.relationships });
    }
  });
});

import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { bareCatalogue, exampleCatalogue } from '../../test-support/example-catalogue.js';
import type { Catalogue } from '../../catalogue.js';
import { spdx2Problems } from '../../documents/json-schemas.js';
import type { DocumentOptions } from '../document-options.js';
import { writeSpdx2Json } from './write-spdx2-json.js';

const document = z.looseObject({
  documentNamespace: z.string(),
  creationInfo: z.looseObject({ created: z.string(), comment: z.string().optional() }),
  packages: z.array(z.looseObject({ SPDXID: z.string(), name: z.string(), licenseDeclared: z.string() })),
  hasExtractedLicensingInfos: z.array(z.object({ licenseId: z.string(), name: z.string(), extractedText: z.string() })).optional(),
  relationships: z.array(z.object({ spdxElementId: z.string(), relationshipType: z.string(), relatedSpdxElement: z.string() })),
});
const text = (catalogue: Catalogue, options?: DocumentOptions): string => [...writeSpdx2Json(catalogue, options)].join('');
const write = (catalogue: Catalogue, options?: DocumentOptions) => document.parse(JSON.parse(text(catalogue, options)));

describe('writeSpdx2Json', () => {
  it.each([
    ['a full catalogue', exampleCatalogue],
    ['a bare one', bareCatalogue],
  ])('is valid by the official schema for %s', (_what, catalogue) => {
    expect(spdx2Problems('2.3', JSON.parse(text(catalogue)))).toEqual([]);
  });

  it('gives every element one well-formed id, and refers to nothing else', () => {
    const { packages, relationships } = write(exampleCatalogue);
    const ids = ['SPDXRef-DOCUMENT', ...packages.map(({ SPDXID }) => SPDXID)];
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^SPDXRef-[A-Za-z0-9.-]+$/.test(id))).toEqual([]);
    expect(relationships.flatMap(({ spdxElementId, relatedSpdxElement }) => [spdxElementId, relatedSpdxElement]).filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('defines every licence reference it uses, and no other', () => {
    const { packages, hasExtractedLicensingInfos = [] } = write(exampleCatalogue);
    const used = new Set(packages.flatMap(({ licenseDeclared }) => licenseDeclared.match(/LicenseRef-[A-Za-z0-9.-]+/g) ?? []));
    expect(hasExtractedLicensingInfos.map(({ licenseId }) => licenseId).toSorted()).toEqual([...used].toSorted());
    expect(hasExtractedLicensingInfos.map(({ extractedText }) => extractedText).toSorted()).toEqual(['Artistic or GPL-1+', 'SEE LICENSE IN x']);
  });

  it('writes the same bytes each time, and another namespace for other content', () => {
    expect(text(structuredClone(exampleCatalogue))).toBe(text(exampleCatalogue));
    expect(write(exampleCatalogue).documentNamespace).toMatch(/^urn:uuid:[0-9a-f-]{36}$/);
    expect(write(bareCatalogue).documentNamespace).not.toBe(write(exampleCatalogue).documentNamespace);
  });

  it('takes the time of the image, else that of the options, else the start of 1970', () => {
    expect(write(exampleCatalogue).creationInfo.created).toBe('2026-01-31T12:00:00Z');
    expect(write(bareCatalogue, { created: '2026-02-01T00:00:00.5Z' }).creationInfo.created).toBe('2026-02-01T00:00:00Z');
    expect(write(bareCatalogue).creationInfo.created).toBe('1970-01-01T00:00:00Z');
  });

  it('describes the image, the distribution and the components', () => {
    const { packages } = write(exampleCatalogue);
    expect(packages[0]).toMatchObject({
      SPDXID: 'SPDXRef-Image',
      name: 'registry.example.org/team/app',
      versionInfo: '1.2',
      primaryPackagePurpose: 'CONTAINER',
      checksums: [{ algorithm: 'SHA256', checksumValue: 'ab'.repeat(32) }],
    });
    expect(packages[1]).toMatchObject({ SPDXID: 'SPDXRef-OperatingSystem', name: 'debian', versionInfo: '12', primaryPackagePurpose: 'OPERATING-SYSTEM' });
    expect(packages[2]).toEqual({
      SPDXID: expect.stringMatching(/^SPDXRef-Package-deb-libssl3-[0-9a-f]{16}$/),
      name: 'libssl3',
      versionInfo: '3.0.11-1',
      supplier: 'Organization: OpenSSL Team <team@example.org>',
      homepage: 'https://www.openssl.org/',
      sourceInfo: 'Built from source package openssl 3.0.11-1',
      description: 'TLS',
      downloadLocation: 'NOASSERTION',
      filesAnalyzed: false,
      licenseConcluded: 'NOASSERTION',
      copyrightText: 'NOASSERTION',
      licenseDeclared: expect.stringMatching(/^Apache-2\.0 AND LicenseRef-esscm-[0-9a-f]{16} AND \(MIT OR ISC\)$/),
      primaryPackagePurpose: 'LIBRARY',
      comment: `Found at /var/lib/dpkg/status; came with layer 0 (sha256:${'1'.repeat(64)}).`,
      annotations: [
        {
          annotationDate: '2026-01-31T12:00:00Z',
          annotationType: 'OTHER',
          annotator: 'Tool: esscm-0.1.0',
          comment: [
            'esscm properties',
            `esscm:layer:diffId=sha256:${'1'.repeat(64)}`,
            'esscm:layer:index=0',
            `esscm:locations=[{"layerDiffId":"sha256:${'1'.repeat(64)}","layerIndex":0,"path":"/var/lib/dpkg/status"}]`,
            'esscm:source:name=openssl',
            'esscm:source:version=3.0.11-1',
            'esscm:architecture=arm64',
            'esscm:cataloguer=dpkg',
            'esscm:licences=[{"declared":"Apache-2.0","spdxExpression":"Apache-2.0"},{"declared":"Artistic or GPL-1+"},{"declared":"Expat or ISC","spdxExpression":"MIT OR ISC"},{"declared":"Apache-2.0","spdxExpression":"Apache-2.0"}]',
            String.raw`esscm:supplier=OpenSSL Team\n \lteam@example.org>`,
          ].join('\n'),
        },
      ],
      externalRefs: [
        { referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: 'pkg:deb/debian/libssl3@3.0.11-1?arch=arm64&distro=debian-12&upstream=openssl' },
      ],
    });
    expect(packages.slice(3).map(({ licenseDeclared }) => licenseDeclared)).toEqual(['(MIT OR ISC)', expect.stringMatching(/^LicenseRef-/), 'MVT-1.1', 'MIT']);
  });

  it('relates them', () => {
    const { packages, relationships } = write(exampleCatalogue);
    const names = new Map([['SPDXRef-DOCUMENT', 'document'], ...packages.map(({ SPDXID, name }): [string, string] => [SPDXID, name])]);
    const image = 'registry.example.org/team/app';
    expect(relationships.map(({ spdxElementId, relationshipType, relatedSpdxElement }) => `${names.get(spdxElementId)} ${relationshipType} ${names.get(relatedSpdxElement)}`)).toEqual([
      `document DESCRIBES ${image}`,
      ...['debian', 'libssl3', '@s/a', 'b', 'b', 'c'].map((name) => `${image} CONTAINS ${name}`),
      'libssl3 CONTAINS @s/a',
      '@s/a DEPENDS_ON b',
      '@s/a DEPENDS_ON c',
    ]);
  });

  it('says when it is incomplete, and why', () => {
    expect(write(exampleCatalogue).creationInfo.comment).toMatch(/^This document is incomplete\. package-json-unreadable \(\/x\/package\.json\)/);
    expect(write(bareCatalogue).creationInfo.comment).toBeUndefined();
  });
});

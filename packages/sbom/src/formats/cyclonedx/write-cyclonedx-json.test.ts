import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Catalogue } from '../../catalogue.js';
import { bareCatalogue, exampleCatalogue } from '../../test-support/example-catalogue.js';
import type { DocumentOptions } from '../document-options.js';
import { cycloneDxLicences } from './cyclonedx-licences.js';
import { cycloneDxJsonProblems } from '../../documents/json-schemas.js';
import { writeCycloneDxJson } from './write-cyclonedx-json.js';

const document = z.looseObject({
  serialNumber: z.string(),
  metadata: z.looseObject({ timestamp: z.string().optional(), component: z.looseObject({ 'bom-ref': z.string() }) }),
  components: z.array(z.looseObject({ 'bom-ref': z.string() })),
  dependencies: z.array(z.object({ ref: z.string(), dependsOn: z.array(z.string()).optional() })),
  compositions: z.array(z.object({ aggregate: z.string(), assemblies: z.array(z.string()) })),
});
const text = (...input: Parameters<typeof writeCycloneDxJson>): string => [...writeCycloneDxJson(...input)].join('');
const write = (catalogue: Catalogue, options?: DocumentOptions) => document.parse(JSON.parse(text('1.6', catalogue, options)));

describe('writeCycloneDxJson', () => {
  it.each([
    ['a full catalogue', '1.6', exampleCatalogue],
    ['a full catalogue', '1.7', exampleCatalogue],
    ['a bare one', '1.6', bareCatalogue],
    ['a bare one', '1.7', bareCatalogue],
  ] as const)('is valid by the official schema for %s in version %s', (_what, version, catalogue) => {
    expect(cycloneDxJsonProblems(version, JSON.parse(text(version, catalogue)))).toEqual([]);
  });

  it('gives every thing one reference, and refers to nothing else', () => {
    const { metadata, components, dependencies, compositions } = write(exampleCatalogue);
    const references = [metadata.component['bom-ref'], ...components.map((entry) => entry['bom-ref'])];
    expect(new Set(references).size).toBe(references.length);
    expect(dependencies.map(({ ref }) => ref)).toEqual(references);
    const referred = [...dependencies.flatMap(({ dependsOn }) => dependsOn ?? []), ...compositions.flatMap(({ assemblies }) => assemblies)];
    expect(referred.filter((reference) => !references.includes(reference))).toEqual([]);
  });

  it('writes the same bytes each time, and another serial number for other content', () => {
    expect(text('1.6', structuredClone(exampleCatalogue))).toBe(text('1.6', exampleCatalogue));
    expect(write(exampleCatalogue).serialNumber).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(write(bareCatalogue).serialNumber).not.toBe(write(exampleCatalogue).serialNumber);
  });

  it('takes the time of the image, else that of the options, else none', () => {
    expect(write(exampleCatalogue).metadata.timestamp).toBe('2026-01-31T12:00:00Z');
    expect(write(exampleCatalogue, { created: '2026-02-01T00:00:00+01:00' }).metadata.timestamp).toBe('2026-01-31T23:00:00Z');
    expect(write(bareCatalogue).metadata.timestamp).toBeUndefined();
  });

  it('describes the image', () => {
    expect(write(exampleCatalogue).metadata.component).toEqual({
      type: 'container',
      'bom-ref': `pkg:oci/app@sha256:${'ab'.repeat(32)}?arch=arm64&repository_url=registry.example.org%2Fteam%2Fapp&tag=1.2`,
      name: 'app',
      version: '1.2',
      hashes: [{ alg: 'SHA-256', content: 'ab'.repeat(32) }],
      purl: `pkg:oci/app@sha256:${'ab'.repeat(32)}?arch=arm64&repository_url=registry.example.org%2Fteam%2Fapp&tag=1.2`,
      properties: [
        { name: 'esscm:image:name', value: 'registry.example.org/team/app' },
        { name: 'esscm:image:tag', value: '1.2' },
        { name: 'esscm:image:digest', value: `sha256:${'ab'.repeat(32)}` },
        { name: 'esscm:image:platform', value: 'linux/arm64/v8' },
        { name: 'esscm:image:created', value: '2026-01-31T12:00:00.123456789Z' },
        { name: 'esscm:layer:0:diffId', value: `sha256:${'1'.repeat(64)}` },
        { name: 'esscm:layer:0:digest', value: `sha256:${'1'.repeat(64)}` },
        { name: 'esscm:layer:0:mediaType', value: 'application/vnd.oci.image.layer.v1.tar' },
        { name: 'esscm:layer:0:sizeBytes', value: '10' },
        { name: 'esscm:layer:0:createdBy', value: 'ADD x /' },
        { name: 'esscm:layer:1:diffId', value: `sha256:${'2'.repeat(64)}` },
        { name: 'esscm:layer:1:digest', value: `sha256:${'2'.repeat(64)}` },
        { name: 'esscm:layer:1:mediaType', value: 'application/vnd.oci.image.layer.v1.tar' },
        { name: 'esscm:layer:1:sizeBytes', value: '10' },
        { name: 'esscm:image:label:org.example.a', value: 'one' },
        { name: 'esscm:image:label:org.example.b', value: 'two' },
      ],
    });
  });

  it('describes the distribution and the components', () => {
    const [distribution, libssl, scoped, ...others] = write(exampleCatalogue).components;
    expect(distribution).toEqual({
      type: 'operating-system',
      'bom-ref': 'operating-system:debian@12',
      name: 'debian',
      version: '12',
      description: 'Debian GNU/Linux 12 (bookworm)',
      properties: [
        { name: 'esscm:distribution:codename', value: 'bookworm' },
        { name: 'esscm:distribution:contentSets', value: '["debian-12-main","debian-12-security"]' },
        { name: 'esscm:distribution:productCpe', value: 'cpe:/o:debian:debian_linux:12' },
      ],
    });
    expect(libssl).toEqual({
      type: 'library',
      'bom-ref': 'pkg:deb/debian/libssl3@3.0.11-1?arch=arm64&distro=debian-12&upstream=openssl',
      supplier: { name: 'OpenSSL Team\n <team@example.org>' },
      name: 'libssl3',
      version: '3.0.11-1',
      description: 'TLS',
      licenses: [
        { license: { id: 'Apache-2.0', acknowledgement: 'declared' } },
        { license: { name: 'Artistic or GPL-1+', acknowledgement: 'declared' } },
        { license: { name: 'MIT OR ISC', acknowledgement: 'declared' } },
      ],
      purl: 'pkg:deb/debian/libssl3@3.0.11-1?arch=arm64&distro=debian-12&upstream=openssl',
      externalReferences: [{ type: 'website', url: 'https://www.openssl.org/' }],
      properties: [
        { name: 'esscm:layer:diffId', value: `sha256:${'1'.repeat(64)}` },
        { name: 'esscm:layer:index', value: '0' },
        { name: 'esscm:source:name', value: 'openssl' },
        { name: 'esscm:source:version', value: '3.0.11-1' },
        { name: 'esscm:architecture', value: 'arm64' },
        { name: 'esscm:cataloguer', value: 'dpkg' },
        {
          name: 'esscm:licences',
          value:
            '[{"declared":"Apache-2.0","spdxExpression":"Apache-2.0"},{"declared":"Artistic or GPL-1+"},{"declared":"Expat or ISC","spdxExpression":"MIT OR ISC"},{"declared":"Apache-2.0","spdxExpression":"Apache-2.0"}]',
        },
        { name: 'esscm:relationship:owns', value: 'pkg:npm/%40s/a@1.0.0' },
      ],
      evidence: {
        identity: [{ field: 'purl', confidence: 1, methods: [{ technique: 'manifest-analysis', confidence: 1 }] }],
        occurrences: [{ location: '/var/lib/dpkg/status' }],
      },
    });
    expect(scoped).toMatchObject({ group: '@s', name: 'a', licenses: [{ expression: '(MIT OR ISC)', acknowledgement: 'declared' }] });
    expect(scoped?.['properties']).toContainEqual({ name: 'esscm:ownedBy', value: libssl?.['bom-ref'] });
    expect(others.map((entry) => entry['externalReferences'])).toEqual([undefined, undefined, [{ type: 'website', url: 'https://example.org/%3Cx%3E' }]]);
  });

  it.each([
    ['npm', '@s/a', '@s', 'a'],
    ['npm', 'a', undefined, 'a'],
    ['maven', 'org.a:b', 'org.a', 'b'],
    ['maven', 'b', undefined, 'b'],
    ['composer', 'v/a', 'v', 'a'],
    ['nuget', 'A.B', undefined, 'A.B'],
  ] as const)('writes the %s name %s as group %s and name %s', (ecosystem, name, group, expected) => {
    const components = exampleCatalogue.components.slice(0, 1).map((entry) => ({ ...entry, ecosystem, name }));
    const written = write({ ...exampleCatalogue, components, relationships: [] }).components.find((entry) => entry['bom-ref'] === components[0]?.id);
    expect([written?.['group'], written?.['name']]).toEqual([group, expected]);
  });

  it('claims completeness never, and says what makes it incomplete, once', () => {
    const { compositions, metadata } = write(exampleCatalogue);
    expect(compositions[0]?.aggregate).toBe('incomplete');
    const named = z.array(z.object({ name: z.string(), value: z.string() })).parse(metadata['properties']);
    expect(named.filter(({ name }) => name.startsWith('esscm:incomplete:'))).toEqual([{ name: 'esscm:incomplete:package-json-unreadable', value: '/x/package.json: The package.json is no JSON.' }]);
    expect(write(bareCatalogue).compositions[0]?.aggregate).toBe('unknown');
  });
});

describe('cycloneDxLicences', () => {
  it('uses as id only what the schema accepts as one', () => {
    const list = path.join(path.dirname(createRequire(import.meta.url).resolve('@cyclonedx/cyclonedx-library/package.json')), 'res/schema/spdx.SNAPSHOT.schema.json');
    const accepted = new Set(z.object({ enum: z.array(z.string()) }).parse(JSON.parse(readFileSync(list, 'utf8'))).enum);
    const ids = z.array(z.string()).parse(JSON.parse(readFileSync(new URL(import.meta.resolve('spdx-license-ids')), 'utf8')));
    const written = ids.flatMap((id) => cycloneDxLicences([{ declared: id, spdxExpression: id }], '1.6'));
    expect(written.filter((choice) => choice.license?.id !== undefined && !accepted.has(choice.license.id))).toEqual([]);
    // Younger than the list as CycloneDX first published it for 1.6 and 1.7, which many validators have.
    expect(written.filter((choice) => 'expression' in choice)).toHaveLength(13);
  });
});

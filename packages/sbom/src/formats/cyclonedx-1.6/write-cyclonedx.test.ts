import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { bareCatalogue, exampleCatalogue } from '../../test-support/example-catalogue.js';
import { cycloneDxLicences } from './cyclonedx-licences.js';
import { writeCycloneDx16Json } from './write-cyclonedx.js';

const schema = (name: string): object => z.looseObject({}).parse(JSON.parse(readFileSync(path.join(import.meta.dirname, 'fixtures', name), 'utf8')));
const ajv = new Ajv({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addFormat('iri-reference', (text) => URL.canParse(text, 'https://example.org/'));
ajv.addFormat('idn-email', true);
ajv.addSchema(schema('spdx.schema.json')).addSchema(schema('jsf-0.82.schema.json'));
const validate = ajv.compile(schema('bom-1.6.schema.json'));

const document = z.looseObject({
  serialNumber: z.string(),
  metadata: z.looseObject({ timestamp: z.string().optional(), component: z.looseObject({ 'bom-ref': z.string() }) }),
  components: z.array(z.looseObject({ 'bom-ref': z.string() })),
  dependencies: z.array(z.object({ ref: z.string(), dependsOn: z.array(z.string()).optional() })),
  compositions: z.array(z.object({ aggregate: z.string(), assemblies: z.array(z.string()) })),
});
const write = (...input: Parameters<typeof writeCycloneDx16Json>) => document.parse(JSON.parse(writeCycloneDx16Json(...input)));

describe('writeCycloneDx16Json', () => {
  it.each([
    ['a full catalogue', exampleCatalogue],
    ['a bare one', bareCatalogue],
  ])('is valid by the official schema for %s', (_what, catalogue) => {
    validate(JSON.parse(writeCycloneDx16Json(catalogue)));
    expect(validate.errors).toBeNull();
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
    expect(writeCycloneDx16Json(structuredClone(exampleCatalogue))).toBe(writeCycloneDx16Json(exampleCatalogue));
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
        { name: 'esscm:image:digest', value: `sha256:${'ab'.repeat(32)}` },
        { name: 'esscm:image:platform', value: 'linux/arm64/v8' },
        { name: 'esscm:layer:0:diffId', value: `sha256:${'1'.repeat(64)}` },
        { name: 'esscm:layer:0:createdBy', value: 'ADD x /' },
        { name: 'esscm:layer:1:diffId', value: `sha256:${'2'.repeat(64)}` },
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
      properties: [{ name: 'esscm:distribution:codename', value: 'bookworm' }],
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
        { name: 'esscm:cataloguer', value: 'dpkg' },
        { name: 'esscm:layer:diffId', value: `sha256:${'1'.repeat(64)}` },
        { name: 'esscm:layer:index', value: '0' },
        { name: 'esscm:source:name', value: 'openssl' },
        { name: 'esscm:source:version', value: '3.0.11-1' },
        { name: 'esscm:architecture', value: 'arm64' },
      ],
      evidence: { occurrences: [{ location: '/var/lib/dpkg/status' }] },
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
    expect(metadata['properties']).toEqual([{ name: 'esscm:incomplete:package-json-unreadable', value: '/x/package.json: The package.json is no JSON.' }]);
    expect(write(bareCatalogue).compositions[0]?.aggregate).toBe('unknown');
  });
});

describe('cycloneDxLicences', () => {
  it('uses as id only what the schema accepts as one', () => {
    const accepted = new Set(z.object({ enum: z.array(z.string()) }).parse(schema('spdx.schema.json')).enum);
    const ids = z.array(z.string()).parse(JSON.parse(readFileSync(new URL(import.meta.resolve('spdx-license-ids')), 'utf8')));
    const written = ids.flatMap((id) => cycloneDxLicences([{ declared: id, spdxExpression: id }]));
    expect(written.filter((choice) => 'license' in choice && 'id' in choice.license && !accepted.has(choice.license.id))).toEqual([]);
    expect(written.filter((choice) => 'expression' in choice)).toHaveLength(ids.filter((id) => !accepted.has(id)).length);
  });
});

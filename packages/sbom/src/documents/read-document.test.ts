import { describe, expect, it } from 'vitest';
import { DocumentError } from './document-error.js';
import { checkDocument, readDocument } from './read-document.js';

const bom = (rest: object = {}): string => JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', components: [{ type: 'library', name: 'a', version: '1' }], ...rest });
const xml = (content: string, before = ''): string => `<?xml version="1.0"?>\n${before}<bom xmlns="http://cyclonedx.org/schema/bom/1.6" version="1">${content}</bom>`;
const tagValue = (rest = ''): string => `SPDXVersion: SPDX-2.3\nDataLicense: CC0-1.0\nSPDXID: SPDXRef-DOCUMENT\nDocumentName: a\nDocumentNamespace: https://example.org/a\nCreator: Tool: t-1\nCreated: 2026-01-01T00:00:00Z\n${rest}`;

const refusal = async (text: string | Uint8Array, limits?: Parameters<typeof readDocument>[1]): Promise<unknown> => {
  try {
    return await readDocument(typeof text === 'string' ? Buffer.from(text) : text, limits);
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    return { code: error.code, message: error.message, problems: error.problems };
  }
};

describe('readDocument', () => {
  it.each([
    ['nothing', '', 'unknown-document', /none of the forms/],
    ['a word', 'hello', 'unknown-document', /none of the forms/],
    ['JSON of another kind', '{"name":"a"}', 'unknown-document', /no SBOM document/],
    ['a list', '[]', 'unknown-document', /none of the forms/],
    ['XML of another kind', '<project/>', 'unknown-document', /no CycloneDX document/],
    ['RDF', '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>', 'unknown-document', /RDF/],
    ['a picture', Buffer.from('89504e470d0a1a0aff', 'hex'), 'unknown-document', /no UTF-8/],
    ['syft’s own format', '{"artifacts":[],"descriptor":{}}', 'unknown-document', /syft/],
    ['a report of trivy', '{"SchemaVersion":2,"ArtifactName":"a"}', 'unknown-document', /trivy/],
    ['a version to come', bom({ specVersion: '9.9' }), 'unknown-document', /CycloneDX 9\.9 is not known/],
    ['SPDX 2.1', tagValue().replace('SPDX-2.3', 'SPDX-2.1'), 'unknown-document', /SPDX 2\.1 is not known/],
  ])('refuses %s', async (_what, text, code, message) => {
    expect(await refusal(text)).toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it.each([
    ['JSON that ends early', bom().slice(0, 60), [{ place: 'line 1, column 61', message: 'Here the text stops being JSON.' }]],
    ['JSON with a slip', '{\n"bomFormat": "CycloneDX",\n"specVersion" "1.6"}', [{ place: 'line 3, column 15', message: 'Here the text stops being JSON.' }]],
    ['a wrong type', bom({ components: [{ type: 'lib', name: 'a' }] }), [{ place: '/components/0/type', message: expect.stringContaining('must be one of application, framework') }]],
    ['a missing name', bom({ components: [{ type: 'library' }] }), [{ place: '/components/0', message: "must have required property 'name'" }]],
    ['a property nobody knows', bom({ components: [{ type: 'library', name: 'a', colour: 'red' }] }), [{ place: '/components/0', message: 'must not have the property "colour"' }]],
    ['the same component twice', bom({ components: [{ type: 'library', name: 'a' }, { name: 'a', type: 'library' }] }), [{ place: '/components', message: 'must not hold the same item twice' }]],
    ['one name for two things', bom({ components: [{ type: 'library', name: 'a', 'bom-ref': 'x' }, { type: 'library', name: 'b', 'bom-ref': 'x' }] }), [{ place: '/components/1/bom-ref', message: '"x" is the name of something else already.' }]],
    ['XML that ends early', xml('<components>').slice(0, -6), [{ place: 'line 2', message: expect.any(String) }]],
    ['XML against the schema', xml('\n<components>\n<component type="library"/></components>'), [{ place: 'line 4', message: expect.stringMatching(/^Element 'component': Missing child element/) }]],
    ['tag-value with a slip', tagValue('PackageName: a\nnonsense\n'), [{ place: 'line 9', message: 'Here a tag, a colon and a value were expected.' }]],
    ['a text without end', tagValue('PackageName: a\nPackageComment: <text>a\nb\n'), [{ place: 'line 9', message: 'The text that begins here has no end.' }]],
    ['a package without its id', tagValue('PackageName: a\nSPDXID: SPDXRef-a\nPackageDownloadLocation: NONE\n\nPackageName: b\nPackageDownloadLocation: NONE\n'), [{ place: 'line 12', message: "must have required property 'SPDXID'" }]],
  ])('names the place of %s', async (_what, text, problems) => {
    expect(await refusal(text)).toMatchObject({ code: 'invalid-document', problems });
  });

  it.each([
    ['a document type', xml('', '<!DOCTYPE bom>')],
    ['an entity that multiplies', xml('<components/>', '<!DOCTYPE bom [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>')],
    ['one that reads a file', xml('<components/>', '<!DOCTYPE bom [<!ENTITY a SYSTEM "file:///etc/passwd">]>')],
    ['one behind a comment', xml('', '<!-- <bom> -->\n<?a b?>\n<!doctype bom>')],
  ])('refuses XML with %s', async (_what, text) => {
    expect(await refusal(text)).toMatchObject({ code: 'invalid-document', message: 'The document declares a document type, which is refused' });
  });

  it('reads the words of a document type where they are only text', async () => {
    expect(await refusal(xml('<components><component type="library"><name><![CDATA[<!DOCTYPE a>]]></name></component></components>'))).toMatchObject({ components: [{ name: '<!DOCTYPE a>' }] });
  });

  it('bounds size and nesting before anything is made of them', async () => {
    const limits = { maximumBytes: 1000, maximumXmlBytes: 200, maximumDepth: 20 };
    const deep = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
    expect(await refusal(bom({ properties: [{ name: 'a', value: 'x'.repeat(1000) }] }), limits)).toMatchObject({ message: expect.stringContaining('more than 0 MiB') });
    expect(await refusal(xml(`<!--${'x'.repeat(200)}-->`), limits)).toMatchObject({ message: expect.stringContaining('the most that is read of XML') });
    expect(await refusal(`{"a":${deep(20)}}`, limits)).toMatchObject({ message: 'The document is nested more than 20 levels deep' });
    expect(await refusal(`{"a":${deep(100_000)}}`)).toMatchObject({ message: 'The document is nested more than 100 levels deep' });
    expect(await refusal(`{"a":"${'['.repeat(50)}\\"["}`, limits)).toMatchObject({ message: 'The JSON is no SBOM document' });
    expect(await refusal(xml(`<components>${'<component type="library"><name>a</name><components>'.repeat(30)}${'</components></component>'.repeat(30)}</components>`))).toMatchObject({ specification: 'CycloneDX' });
    expect(await refusal(xml(`<components>${'<component type="library"><name>a</name><components>'.repeat(120)}${'</components></component>'.repeat(120)}</components>`))).toMatchObject({ message: 'The document is nested too deep' });
  });

  it('does not compare every component with every other', async () => {
    const components = Array.from({ length: 40_000 }, (_, index) => ({ type: 'library', name: `a${index}`, version: '1', licenses: [{ license: { id: 'MIT' } }] }));
    expect(await refusal(bom({ components }))).toMatchObject({ components: { length: 40_000 } });
  });

  it('takes names of properties for names', async () => {
    expect(await refusal(bom({ components: [{ type: 'library', name: '__proto__', version: 'constructor', properties: [{ name: 'esscm:__proto__', value: '{}' }, { name: 'esscm:toString', value: '1' }] }] }))).toMatchObject({
      components: [{ name: '__proto__' }],
    });
  });

  it.each([
    ['an in-toto statement', { _type: 'https://in-toto.io/Statement/v1', predicateType: 'https://cyclonedx.org/bom', predicate: JSON.parse(bom()) as unknown }],
    ['an older statement of cosign', { _type: 'https://in-toto.io/Statement/v0.1', predicateType: 'https://cyclonedx.org/bom', predicate: { Data: JSON.parse(bom()) as unknown, Timestamp: '' } }],
  ])('reads the document inside %s, sealed or not', async (_what, statement) => {
    const envelope = { payloadType: 'application/vnd.in-toto+json', payload: Buffer.from(JSON.stringify(statement)).toString('base64'), signatures: [] };
    for (const source of [statement, envelope]) expect(await refusal(JSON.stringify(source))).toMatchObject({ specification: 'CycloneDX', components: [{ name: 'a' }] });
  });
});

describe('checkDocument', () => {
  it('reads a document in spite of what is wrong with it, and tells references that lead nowhere', async () => {
    const text = bom({ components: [{ type: 'library', name: 'a', 'bom-ref': 'a', colour: 'red' }], dependencies: [{ ref: 'a', dependsOn: ['b', 'urn:cdx:f08a6ccd-4dce-4759-bd84-c626675d60a7/1#c'] }] });
    expect(await checkDocument(Buffer.from(text))).toMatchObject({
      document: { components: [{ name: 'a' }] },
      problems: [{ place: '/components/0' }],
      dangling: [{ place: '/dependencies/0/dependsOn/0', message: 'Nothing in the document is called "b".' }],
    });
  });
});

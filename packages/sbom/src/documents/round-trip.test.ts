import { describe, expect, it } from 'vitest';
import type { Catalogue } from '../catalogue.js';
import { documentFormats, type DocumentFormat } from '../formats/document-formats.js';
import { bareCatalogue, exampleCatalogue } from '../test-support/example-catalogue.js';
import { catalogueOfDocument } from './document-catalogue.js';
import { checkDocument } from './read-document.js';

/** Everything a name or a text can do to the syntax of a format. */
const hostileText = 'a "b" \'c\' <d> &amp; ]]> </text><text> \\n = \\e ; , ä 🦊\nline two\ttab\n\n  indented ';

const hostileCatalogue: Catalogue = {
  ...exampleCatalogue,
  declared: exampleCatalogue.components,
  unknowns: [{ kind: 'program', path: `/${hostileText}`, layerDiffId: 'sha256:1', layerIndex: 1 }],
  image: { ...exampleCatalogue.image, base: { knownBy: 'labels', name: hostileText }, name: `registry.example.org/${hostileText}`, tag: hostileText, labels: { [hostileText]: hostileText, '=': '=' } },
  distribution: { id: 'x\ny', idLike: ['a', hostileText], versionId: ' 1 ', prettyName: hostileText },
  components: exampleCatalogue.components.map((component) => ({
    ...component,
    name: `${component.name}${hostileText}`,
    version: `1${hostileText}`,
    description: hostileText,
    supplier: hostileText,
    homepage: hostileText,
    copyright: hostileText,
    purpose: 'device-driver',
    hashes: [
      { algorithm: 'SHA-256', value: 'ab'.repeat(32) },
      { algorithm: 'Streebog-256', value: 'cd'.repeat(32) },
      { algorithm: 'MD5', value: 'no hash' },
    ],
    cpes: ['cpe:2.3:a:b:c:1:*:*:*:*:*:*:*', 'cpe:/a:b:c:1', hostileText],
    licences: [{ declared: hostileText }, { declared: 'Expat', spdxExpression: 'MIT' }, { declared: '/LICENSE', spdxExpression: 'MIT', acknowledgement: 'concluded', confidence: 0.98 }],
    evidence: { technique: 'binary-analysis', confidence: 0.5 },
    downloadUrl: `https://example.org/${hostileText}`,
    locations: [{ path: `/${hostileText}`, layerDiffId: 'sha256:1', layerIndex: 1 }, { path: '/b' }, { path: '/b', layerIndex: 0 }],
  })),
};

const emptyVersions: Catalogue = {
  ...exampleCatalogue,
  components: exampleCatalogue.components.map((component): Catalogue['components'][number] => ({ ...component, version: '', licences: [], locations: [] })),
};

const documents = documentFormats.filter(({ id }) => id !== 'components-csv' && id !== 'github-snapshot');

describe.each(documents)('$id', ({ write }: DocumentFormat) => {
  it.each([
    ['a full catalogue', exampleCatalogue],
    ['a bare one', bareCatalogue],
    ['one of hostile texts', hostileCatalogue],
    ['one that lacks versions, licences and places', emptyVersions],
  ])('of %s is valid, refers to nothing outside, and gives the catalogue back', async (_what, catalogue) => {
    const { document, problems, dangling } = await checkDocument(Buffer.from([...write(catalogue)].join('')));
    expect({ problems, dangling }).toEqual({ problems: [], dangling: [] });
    expect(catalogueOfDocument(document)).toEqual({ catalogue, leftOut: new Map() });
  });

  it('is the same whatever the order of properties in the catalogue, and another for another author', () => {
    const text = (catalogue: Catalogue, author?: { name: string }): string => [...write(catalogue, author === undefined ? {} : { author })].join('');
    expect(text(reversed(exampleCatalogue))).toBe(text(exampleCatalogue));
    expect(text(exampleCatalogue, { name: 'Example Ltd' })).toContain('Example Ltd');
  });

  it('names who answers for it', async () => {
    const bytes = Buffer.from([...write(exampleCatalogue, { author: { name: 'Example Ltd', email: 'sbom@example.org' }, tool: { name: 'esscm', version: '1.2.3' } })].join(''));
    const { document, problems } = await checkDocument(bytes);
    expect(problems).toEqual([]);
    expect({ authors: document.authors, tools: document.tools, created: document.created }).toEqual({
      authors: [{ name: 'Example Ltd', emails: ['sbom@example.org'], urls: [] }],
      tools: [{ name: 'esscm', version: '1.2.3' }],
      created: '2026-01-31T12:00:00Z',
    });
  });
});

/** The same catalogue with the properties of every object in the opposite order. */
function reversed<Value>(value: Value): Value {
  const turn = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(turn);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(
      Object.entries(part)
        .toReversed()
        .map(([name, member]): [string, unknown] => [name, turn(member)]),
    );
  };
  return turn(value) as Value;
}

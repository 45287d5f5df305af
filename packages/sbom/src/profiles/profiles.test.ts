import { describe, expect, it } from 'vitest';
import type { DocumentComponent, SbomDocument } from '../documents/sbom-document.js';
import { judge, type ProfileResult } from './profile.js';
import { profiles } from './profiles.js';

const party = (name: string, email?: string) => ({ name, emails: email === undefined ? [] : [email], urls: [] });
const hash = { algorithm: 'SHA-512', value: 'ab'.repeat(64) };

/** A component with all that any profile asks for. */
const whole: DocumentComponent = {
  reference: 'a',
  type: 'library',
  name: 'a',
  version: '1',
  supplier: party('A', 'a@example.org'),
  creators: [party('A', 'a@example.org')],
  licences: [
    { expression: 'MIT', acknowledgement: 'declared' },
    { expression: 'MIT', acknowledgement: 'concluded' },
  ],
  hashes: [hash],
  packageUrl: 'pkg:npm/a@1',
  cpes: [],
  otherIdentifiers: [],
  references: [
    { type: 'distribution', url: 'https://example.org/a.tgz', hashes: [hash] },
    { type: 'vcs', url: 'https://example.org/a.git', hashes: [] },
  ],
  paths: [],
  properties: ['filename', 'executable', 'archive', 'structured'].map((name) => ({ name: `bsi:component:${name}`, value: 'x' })),
};

const complete: SbomDocument = {
  specification: 'CycloneDX',
  version: '1.6',
  encoding: 'json',
  identifier: 'urn:uuid:1',
  created: '2026-01-31T12:00:00Z',
  authors: [party('Example Ltd', 'sbom@example.org')],
  tools: [{ name: 'esscm', version: '1' }],
  lifecycles: ['post-build'],
  subject: { ...whole, reference: 'image' },
  components: [whole, { ...whole, reference: 'os', type: 'operating-system', licences: [] }, { ...whole, reference: 'file', type: 'file', hashes: [] }],
  relationships: [{ from: 'image', to: 'a', kind: 'depends-on' }],
  completeness: new Map([['image', 'unknown']]),
  properties: [],
  leftOut: new Map(),
};

const lacks = ({ rules }: ProfileResult): readonly string[] => rules.filter(({ satisfied, total }) => satisfied < total).map(({ id }) => id);
const component = (change: Partial<DocumentComponent>): SbomDocument => ({ ...complete, components: [{ ...whole, ...change }] });
const { supplier: _supplier, ...withoutSupplier } = whole;

describe('profiles', () => {
  it.each(profiles)('$title: nothing is missing of a complete document', (profile) => {
    const result = judge(complete, profile);
    expect({ score: result.score, lacks: lacks(result) }).toEqual({ score: 10, lacks: [] });
  });

  it.each(profiles)('$title: every rule can fail, and says where it stands', (profile) => {
    const empty: SbomDocument = {
      specification: 'SPDX',
      version: '2.3',
      encoding: 'json',
      authors: [],
      tools: [],
      lifecycles: [],
      components: [{ reference: 'a', type: 'library', name: '', creators: [], licences: [], hashes: [], cpes: [], otherIdentifiers: [], references: [], paths: [], properties: [] }],
      relationships: [],
      completeness: new Map(),
      properties: [],
      leftOut: new Map([['vulnerabilities', 1]]),
    };
    const result = judge(empty, profile);
    expect(lacks(result)).toEqual(profile.rules.map(({ id }) => id));
    expect(result.score).toBe(0);
    expect(profile.rules.filter(({ section }) => section === '')).toEqual([]);
  });

  it.each([
    ['a tool as the only author', { ...complete, authors: [] }, { ntia: ['author'], 'cisa-2025': ['author'], 'bsi-tr-03183-2': ['creator'] }],
    ['an author without an address', { ...complete, authors: [party('Example Ltd')] }, { 'bsi-tr-03183-2': ['creator'] }],
    ['the start of 1970', { ...complete, created: '1970-01-01T00:00:00Z' }, { ntia: ['timestamp'], 'cisa-2025': ['timestamp'], 'bsi-tr-03183-2': ['timestamp'] }],
    ['SPDX 2.3', { ...complete, specification: 'SPDX', version: '2.3' }, { 'bsi-tr-03183-2': ['format'] }],
    ['SPDX 3.0.0', { ...complete, specification: 'SPDX', version: '3.0.0' }, { 'bsi-tr-03183-2': ['format'] }],
    ['vulnerabilities', { ...complete, leftOut: new Map([['vulnerabilities', 3]]) }, { 'bsi-tr-03183-2': ['no-vulnerabilities'] }],
    ['no supplier', { ...complete, components: [withoutSupplier] }, { ntia: ['supplier'] }],
    ['an address in the name of a supplier', component({ supplier: party('A <a@example.org>'), creators: [] }), {}],
    ['a name alone', component({ supplier: party('A'), creators: [] }), { 'bsi-tr-03183-2': ['component-creator'] }],
    ['a component tied to nothing', { ...complete, relationships: [] }, { ntia: ['relationship'], 'cisa-2025': ['relationship'], 'bsi-tr-03183-2': ['dependencies'] }],
    ['no word on completeness', { ...complete, completeness: new Map() }, { 'bsi-tr-03183-2': ['dependencies'] }],
    ['a weak hash', component({ hashes: [{ algorithm: 'SHA-1', value: 'ab' }], references: [] }), { 'bsi-tr-03183-2': ['hash', 'source-uri', 'deployable-uri'] }],
    ['a declared licence alone', component({ licences: [{ expression: 'MIT', acknowledgement: 'declared' }] }), { 'bsi-tr-03183-2': ['distribution-licences'] }],
  ] as const)('%s', (_what, document, expected: Readonly<Record<string, readonly string[]>>) => {
    const found = profiles.map((profile) => [profile.id, lacks(judge(document, profile))] as const).filter(([, missing]) => missing.length > 0);
    expect(Object.fromEntries(found)).toEqual(expected);
  });

  it('names who lacks what, and scores by the share that has it, never rounding up', () => {
    const components = Array.from({ length: 1000 }, (_, index) => ({ ...whole, reference: String(index), name: `c${index}`, ...(index === 0 ? { version: '' } : {}) }));
    const document: SbomDocument = { ...complete, components, relationships: components.map(({ reference }) => ({ from: 'image', to: reference, kind: 'depends-on' })) };
    const result = judge(document, profiles[0] ?? { id: '', title: '', source: '', rules: [] });
    expect(result.score).toBe(9.9);
    expect(result.rules.find(({ id }) => id === 'version')).toMatchObject({ satisfied: 999, total: 1000, missing: ['c0 '] });
  });
});

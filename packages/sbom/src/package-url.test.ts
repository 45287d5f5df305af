import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parsePackageUrl } from './documents/parse-package-url.js';
import { packageUrl } from './package-url.js';

const suite = z.object({
  tests: z.array(z.object({ description: z.string(), test_type: z.string(), input: z.unknown(), expected_output: z.unknown().optional(), expected_failure: z.boolean() })),
});
const parts = z.object({
  type: z.string(),
  namespace: z.string().nullish(),
  name: z.string(),
  version: z.string().nullish(),
  qualifiers: z.record(z.string(), z.string()).nullish(),
  subpath: z.null().optional(),
});

const folder = path.join(import.meta.dirname, 'fixtures/purl');
/** The specification's own tests, of the types that are written here and of what holds for all. */
const tests = readdirSync(folder)
  .filter((file) => file.endsWith('-test.json'))
  .flatMap((file) => suite.parse(JSON.parse(readFileSync(path.join(folder, file), 'utf8'))).tests.map((test) => ({ ...test, type: file.replace('-test.json', '') })));

/** packageurl-js demands more of Conan's package URLs with a namespace than the specification does; none with one is written here. */
const isBeyondLibrary = (text: string): boolean => text.includes('conan') && /channel|openssl\.org/.test(text);

/** Tests of building one; those with a subpath are left out, as none is ever written here. */
const built = tests.flatMap(({ type, description, test_type, input, expected_output, expected_failure }) => {
  const parsed = parts.safeParse(input);
  const isMeant = test_type === 'build' && !expected_failure && parsed.success && !isBeyondLibrary(JSON.stringify(input));
  return isMeant ? [{ description: `${type}: ${description}`, input: parsed.data, expected: expected_output }] : [];
});
const texts = tests.flatMap(({ input, ...test }) => (typeof input === 'string' && !input.includes('#') && !isBeyondLibrary(input) ? [{ ...test, input }] : []));

/** What is read although it should be refused: documents made by others write these, and none of it is ever written here. */
const readLeniently = [
  'pkg:gem/jruby-launcher@1.1.2?Platform=java',
  'pkg:julia/@1.9.0',
  'pkg:julia/Dates',
  'pkg:otp/namespace/hex@2.1.1',
  'pkg:Rpm/fedora/curl@7.50.3-1.fc25?Arch=i386&Distro=fedora-25',
];

describe('parsePackageUrl', () => {
  it.each(texts.filter(({ test_type, expected_failure }) => test_type === 'parse' && !expected_failure))('reads $input', ({ input, expected_output }) => {
    const expected = parts.parse(expected_output);
    const read = parsePackageUrl(input);
    expect([read?.type, read?.namespace ?? null, read?.name, read?.version ?? null, read?.qualifiers]).toEqual([
      expected.type,
      expected.namespace ?? null,
      expected.name,
      expected.version ?? null,
      expected.qualifiers ?? {},
    ]);
  });

  it('refuses what the specification refuses, but for a few', () => {
    const refused = texts.filter(({ test_type, expected_failure }) => test_type === 'parse' && expected_failure).map(({ input }) => input);
    expect(refused.length).toBeGreaterThan(10);
    expect(refused.filter((input) => parsePackageUrl(input) !== undefined).sort()).toEqual([...readLeniently].sort());
  });

  it.each(texts.filter(({ test_type, expected_failure }) => test_type === 'validate' && !expected_failure))('and packageUrl make $expected_output of $input', ({ input, expected_output }) => {
    const read = parsePackageUrl(input);
    expect(read === undefined ? undefined : packageUrl(read)).toBe(expected_output);
  });
});

describe('packageUrl', () => {
  it.each(built)('$description', ({ input, expected }) => {
    const { type, namespace, name, version, qualifiers } = input;
    expect(
      packageUrl({ type, namespace: namespace ?? undefined, name, version: version ?? undefined, ...(qualifiers == null ? {} : { qualifiers }) }),
    ).toBe(expected);
  });

  it.each([
    ['an epoch, whose colon stays', { type: 'deb', namespace: 'debian', name: 'git', version: '1:2.39.5-0' }, 'pkg:deb/debian/git@1:2.39.5-0'],
    ['a plus, which is encoded', { type: 'deb', namespace: 'debian', name: 'g++-12', version: '12+b1' }, 'pkg:deb/debian/g%2B%2B-12@12%2Bb1'],
    ['a tilde, which is not', { type: 'deb', namespace: 'debian', name: 'a', version: '1~rc1' }, 'pkg:deb/debian/a@1~rc1'],
    ['qualifiers, sorted, empty ones left out', { type: 'apk', namespace: 'alpine', name: 'a', version: '1', qualifiers: { distro: 'alpine-3', arch: 'x', upstream: undefined } }, 'pkg:apk/alpine/a@1?arch=x&distro=alpine-3'],
    ['characters that would end a part', { type: 'npm', name: 'a', version: '1?x=1#y@2' }, 'pkg:npm/a@1%3Fx%3D1%23y%402'],
    ['half a character', { type: 'npm', name: 'a', version: '1\ud800' }, 'pkg:npm/a@1%EF%BF%BD'],
  ])('writes %s', (_what, input, expected) => {
    expect(packageUrl(input)).toBe(expected);
  });
});

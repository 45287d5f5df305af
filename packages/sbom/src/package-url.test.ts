import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
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

/** The specification's tests of building a package URL; those with a subpath are left out, as none is ever written here. */
const built = ['deb', 'apk', 'rpm', 'npm', 'pypi', 'golang', 'cargo', 'oci'].flatMap((type) => {
  const file = path.join(import.meta.dirname, 'fixtures/purl', `${type}-test.json`);
  return suite.parse(JSON.parse(readFileSync(file, 'utf8'))).tests.flatMap(({ description, test_type, input, expected_output, expected_failure }) => {
    const parsed = parts.safeParse(input);
    return test_type === 'build' && !expected_failure && parsed.success ? [{ description: `${type}: ${description}`, input: parsed.data, expected: expected_output }] : [];
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

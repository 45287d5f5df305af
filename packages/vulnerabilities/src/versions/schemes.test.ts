import { describe, expect, test } from 'vitest';
import { versionSchemes } from './schemes.js';
import { compareVersionKeys } from './version-scheme.js';
import type { VersionKey, VersionSchemeName } from './version-scheme.js';

/** Each line is in ascending order by the documentation of its ecosystem. */
const ladders: readonly (readonly [VersionSchemeName, readonly string[]])[] = [
  ['dpkg', ['1.0~~', '1.0~rc1', '1.0', '1.0-1~bpo12+1', '1.0-1', '1.0-1+b1', '1.0-1+deb12u1', '1.0a', '1.0+dfsg', '1.1', '1:0.5']],
  ['rpm', ['1.0~rc1-1', '1.0', '1.0-1', '1.0-1.el9', '1.0-2.el9', '1.0^git1-1', '1.0.1-1', '1.10-1', '1:0.1-1']],
  ['apk', ['1.2_alpha', '1.2_rc1', '1.2', '1.2-r0', '1.2-r1', '1.2_git20200101', '1.2_p1', '1.2a', '1.2.1', '1.10']],
  ['pacman', ['1.0a', '1.0b', '1.0beta', '1.0p', '1.0pre', '1.0rc', '1.0', '1.0-1', '1.0-2', '1.0.a', '1.0.1', '1:0.1']],
  ['semver', ['1.0.0-alpha', '1.0.0-alpha.1', '1.0.0-alpha.beta', '1.0.0-beta', '1.0.0-beta.2', '1.0.0-beta.11', '1.0.0-rc.1', '1.0.0', '1.0.1-0', '1.0.1']],
  ['go', ['v0.0.0-20190101000000-abcdefabcdef', 'v0.0.0-20200101000000-abcdefabcdef', 'v0.1.0', 'go1.21rc2', 'go1.21.0', 'go1.21.5 X:boringcrypto', '1.22.0']],
  ['pub', ['1.0.0', '1.0.0+1', '1.0.0+2', '1.0.1-dev', '1.0.1']],
  ['pep440', ['1.0.dev1', '1.0a1.dev1', '1.0a1', '1.0b2', '1.0rc1', '1.0', '1.0+cu118', '1.0.post1.dev2', '1.0.post1', '1.0.1', '1!0.1']],
  ['maven', ['1.0-alpha-1', '1.0-beta', '1.0-milestone-2', '1.0-rc1', '1.0-SNAPSHOT', '1.0', '1.0-sp', '1.0-jre', '1.0-1', '1.0.1']],
  ['rubygems', ['1.0.a', '1.0.b1', '1.0.rc1', '1.0', '1.0.1', '1.10']],
  ['nuget', ['1.0.0-alpha', '1.0.0-BETA', '1.0.0-rc', '1.0', '1.0.0.1', '1.0.1']],
  ['composer', ['1.0.0-dev', '1.0.0-alpha1', '1.0.0-beta2', 'v1.0.0-RC1', '1.0.0', 'v1.0.1', '1.0.1-p1', '1.10']],
  ['cran', ['0.1', '0.1-1', '0.1.2', '0.10']],
  ['hackage', ['1', '1.0', '1.0.0', '1.2', '1.10']],
  ['hex', ['1.0.0-dev', '1.0.0-rc.0', '1.0.0-rc.1', '1.0.0', '1.0.1', '1.10.0']],
  ['bitnami', ['1.2.2', '1.2.3', '1.3.0']],
];

const equalPairs: readonly (readonly [VersionSchemeName, string, string])[] = [
  ['dpkg', '0:1.0-0', '1.0'],
  ['rpm', '(none):1.0-1', '0:1.0-1'],
  ['semver', 'v1.2.3+build', '1.2.3'],
  ['semver', '1.2', '1.2.0'],
  ['pep440', '1.0', '1.0.0'],
  ['pep440', '1.0.RC1', '1.0c1'],
  ['maven', '1.0.0.Final', '1'],
  ['rubygems', '1', '1.0.0'],
  ['nuget', '1.0', '1.0.0.0'],
  ['go', 'go1.22', '1.22.0'],
  ['hex', '1.0.0+build.1', '1.0.0'],
  ['bitnami', '1.2.3-4', '1.2.3-r11'],
];

/** Numbers from a fixed seed, so that a failure can be repeated. */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 0x1_0000_0000;
  };
}

const pieces = ['0', '1', '2', '10', '01', '.', '.', '-', '_', '~', '^', ':', '+', '!', 'a', 'b', 'rc', 'alpha', 'beta', 'sp', 'ga', 'final', 'dev', 'post', 'snapshot', 'p', '-r', '_rc', '#', 'α', ' ', '\u0000', 'x'];

function madeUpVersions(count: number): string[] {
  const next = numbersFrom(20_260_801);
  return Array.from({ length: count }, () =>
    Array.from({ length: 1 + Math.floor(next() * 8) }, () => pieces[Math.floor(next() * pieces.length)]).join(''),
  );
}

describe.each(ladders)('%s', (name, ladder) => {
  const scheme = versionSchemes[name];
  const key = (text: string): VersionKey => scheme.parse(text)!;

  test('keeps its documented order', () => {
    expect(ladder.toReversed().toSorted((one, other) => compareVersionKeys(key(one), key(other)))).toEqual(ladder);
    expect(new Set(ladder.map(key)).size).toBe(ladder.length);
  });

  test('is antisymmetric and transitive on made-up versions', () => {
    const keys = madeUpVersions(120).map((text) => scheme.parse(text)).filter((parsed) => parsed !== undefined);
    const broken: string[] = [];
    for (const a of keys) {
      for (const b of keys) {
        if (compareVersionKeys(a, b) + compareVersionKeys(b, a) !== 0) broken.push(`${a} ${b}`);
        for (const c of keys) if (compareVersionKeys(a, b) <= 0 && compareVersionKeys(b, c) <= 0 && compareVersionKeys(a, c) > 0) broken.push(`${a} ${b} ${c}`);
      }
    }
    expect(broken).toEqual([]);
  });

  test('never throws, and refuses what is too long', () => {
    for (const text of [...madeUpVersions(2_000), '', ' ', '-', '\uD800', '9'.repeat(400)]) scheme.parse(text);
    expect(scheme.parse('1'.repeat(100_000))).toBeUndefined();
  });
});

test.each(equalPairs)('%s: %s equals %s', (name, one, other) => {
  expect(versionSchemes[name].parse(one)).toBe(versionSchemes[name].parse(other));
});

test.each([
  ['pep440', 'not-a-version', true],
  ['pep440', '1.0', false],
  ['composer', 'dev-main', true],
  ['composer', '1.0', false],
] as const)('%s: ranges leave out %s: %s', (name, text, expected) => {
  const scheme = versionSchemes[name];
  expect(scheme.isOutsideRanges?.(scheme.parse(text)!)).toBe(expected);
});

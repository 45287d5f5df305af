import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { versionSchemes } from './schemes.js';
import { compareVersionKeys } from './version-scheme.js';
import type { VersionScheme } from './version-scheme.js';

const schemeOfFile: Record<string, VersionScheme> = {
  alpine: versionSchemes.apk,
  cran: versionSchemes.cran,
  debian: versionSchemes.dpkg,
  hackage: versionSchemes.hackage,
  hex: versionSchemes.hex,
  maven: versionSchemes.maven,
  // npm follows Semantic Versioning.
  npm: versionSchemes.semver,
  nuget: versionSchemes.nuget,
  packagist: versionSchemes.composer,
  pub: versionSchemes.pub,
  pypi: versionSchemes.pep440,
  redhat: versionSchemes.rpm,
  rubygems: versionSchemes.rubygems,
  semver: versionSchemes.semver,
};

/** Rows that no order can satisfy together with the others, or that the ecosystem itself contradicts. */
const exceptions = new Map([
  ...[
    '1.0.0-gradle-rework-beta3 < 1.0.0.RC7-3',
    '2.9.0-1 < 2.9.0.RC1',
    '1.1.0-01-glassfish < 1.1.0.Beta1',
  ].map((row) => [row, 'Maven compares in a circle: 1.0.RC1 < 1.0 < 1.0-1 < 1.0.RC1'] as const),
  ...['v1.9.0-ALPHA.1 = v1.9.0-BETA.1', 'v1.9.0-BETA.1 < v1.9.0-ALPHA.2', 'v1.9.0-ALPHA.2 = v1.9.0-BETA.2'].map(
    (row) => [row, 'bare version_compare; Composer lowers stability words before it compares'] as const,
  ),
  ...['1.2.3.# = 1.2.3', '1.2.3.# = 1.2.3.#', '1.2.3.# = 1.2.3.1', '1.2.3.#.1 > 1.2.3', '1.2.3.#.p3 > 1.2.3', '1.2.3.#.beta < 1.2.3'].map(
    (row) => [row, '# equals every number at once, which is no order; no package has it'] as const,
  ),
]);

function contradictions(scheme: VersionScheme, text: string): string[] {
  const wrong: string[] = [];
  for (const row of text.split('\n').map((line) => line.trim())) {
    const [, one, sign, other] = /^(\S+) ([<=>]) (\S+)$/.exec(row) ?? [];
    if (one === undefined || other === undefined || row.startsWith('#') || row.startsWith('//') || exceptions.has(row)) continue;
    const oneKey = scheme.parse(one);
    const otherKey = scheme.parse(other);
    const found = oneKey === undefined || otherKey === undefined ? '?' : '<=>'.charAt(Math.sign(compareVersionKeys(oneKey, otherKey)) + 1);
    if (found !== sign) wrong.push(`${row}, found ${found}`);
  }
  return wrong;
}

function schemeFor(file: string): VersionScheme {
  return schemeOfFile[file.split('-', 1)[0] ?? '']!;
}

const sample = path.join(import.meta.dirname, 'fixtures');

describe('the committed sample of comparison vectors', () => {
  test.each(readdirSync(sample).filter((file) => file.endsWith('.txt')))('%s', (file) => {
    expect(contradictions(schemeFor(file), readFileSync(path.join(sample, file), 'utf8'))).toEqual([]);
  });
});

const archive = path.join(import.meta.dirname, '../../../../../shared/advisories/native/version-vectors.tar.gz');
const whole = existsSync(archive) ? execFileSync('tar', ['-tzf', archive], { encoding: 'utf8' }).split('\n').filter((name) => name.endsWith('.txt')) : [];

describe('all comparison vectors, when they are at hand', () => {
  test(`${whole.length} files`, () => {
    const wrong = whole.flatMap((name) => contradictions(schemeFor(path.basename(name)), execFileSync('tar', ['-xzOf', archive, name], { encoding: 'utf8', maxBuffer: 1 << 26 })));
    expect(wrong).toEqual([]);
  });
});

import { expect, test } from 'vitest';
import { encodeEvents } from '../advisories/advisory-record.js';
import { versionSchemes } from '../versions/schemes.js';
import { evaluateRange, readRange } from './evaluate-range.js';
import { boundsAsWritten, isOfLine, rpmComparison } from './rpm-rules.js';

interface Case {
  readonly installed: string;
  readonly module?: string;
  readonly bySource?: true;
  readonly fixed?: string;
  readonly moduleOfFix?: string;
}

function verdict({ installed, module, bySource, fixed, moduleOfFix }: Case): string {
  const events = encodeEvents([{ kind: 'introduced', version: '0' }, ...(fixed === undefined ? [] : [{ kind: 'fixed', version: fixed } as const])]);
  const comparison = rpmComparison({ version: installed, bySource: bySource === true, module }, { events, module: moduleOfFix });
  if (comparison === undefined) return 'not about it';
  return evaluateRange(readRange(comparison.events, (text) => versionSchemes.rpm.parse(text)), versionSchemes.rpm.parse(comparison.version)!).outcome;
}

test.each<[string, Case, string]>([
  ['a plain fix', { installed: '1.1.1k-6.el8', fixed: '1:1.1.1k-7.el8' }, 'inside'],
  ['an epoch only the package states is left out', { installed: '1:1.1.1k-7.el8', fixed: '1.1.1k-7.el8' }, 'outside'],
  ['a missing epoch of a package is 0', { installed: '2.0-1', fixed: '1:1.0-1' }, 'inside'],
  ['a source package file name states no epoch', { installed: '2.0-1', bySource: true, fixed: '1:1.0-1' }, 'outside'],
  ['a modular fix against a plain package', { installed: '16.20.2-8.el9_4', fixed: '18.20.2-1.module_el9.4.0+100+71fc9528' }, 'not about it'],
  ['a plain fix against a modular package', { installed: '18.12.1-1.module+el8.7.0+1', fixed: '18.20.2-1.el8' }, 'not about it'],
  ['the same module and stream', { installed: '18.12.1-1.module+el8.7.0+1', module: 'nodejs:18', fixed: '18.20.2-1.module+el8.9.0+1', moduleOfFix: 'nodejs:18' }, 'inside'],
  ['another stream of the module', { installed: '18.12.1-1.module+el8.7.0+1', module: 'nodejs:18', fixed: '20.20.2-1.module+el8.9.0+1', moduleOfFix: 'nodejs:20' }, 'not about it'],
  ['another module that has the package too', { installed: '3.1-1.module+el8+1', module: 'a:1', fixed: '3.2-1.module+el8+1', moduleOfFix: 'b:1' }, 'not about it'],
  ['another stream of the same major version, without a label', { installed: '8.0.20-1.module_el8+1', fixed: '8.1.14-1.module_el8+2', moduleOfFix: 'php:8.1' }, 'not about it'],
  ['the same stream, without a label', { installed: '8.1.10-1.module_el8+1', fixed: '8.1.14-1.module_el8+2', moduleOfFix: 'php:8.1' }, 'inside'],
  ['a companion package goes by its own major version', { installed: '1.18.2-1.module_el8+1', fixed: '1.19.0-1.module_el8+2', moduleOfFix: 'php:7.4' }, 'inside'],
  ['without any stream, another major version', { installed: '10.24.0-1.module+el8+1', fixed: '12.20.0-1.module+el8+2' }, 'not about it'],
  ['not fixed in a module the package is not from', { installed: '16.20.2-8.el9_4', moduleOfFix: 'nodejs:18' }, 'not about it'],
  ['not fixed outside modules', { installed: '18.12.1-1.module+el9+1', module: 'nodejs:18' }, 'not about it'],
  ['not fixed in its module', { installed: '18.12.1-1.module+el9+1', module: 'nodejs:18', moduleOfFix: 'nodejs:18' }, 'inside'],
  ['a Ksplice fix against a plain build', { installed: '2:1.1.1g-12.el8_3', fixed: '2:1.1.1g-15.ksplice1.el8_3' }, 'not about it'],
  ['a plain fix against a Ksplice build', { installed: '2:1.1.1g-12.ksplice1.el8_3', fixed: '1:1.1.1g-15.el8_3' }, 'not about it'],
  ['a Ksplice fix against a Ksplice build', { installed: '2:1.1.1g-12.ksplice1.el8_3', fixed: '2:1.1.1g-15.ksplice1.el8_3' }, 'inside'],
  ['a FIPS fix against a plain build', { installed: '3.6.16-3.el8', fixed: '10:3.6.16-4.0.1.el8_fips' }, 'not about it'],
  ['a FIPS fix against a FIPS build', { installed: '10:3.6.16-3.el8_fips', fixed: '10:3.6.16-4.0.1.el8_fips' }, 'inside'],
])('%s', (_, input, expected) => {
  expect(verdict(input)).toBe(expected);
});

test.each([
  ['5.10.3-1.amzn2', '5.10', true],
  ['5.100.3-1.amzn2', '5.10', false],
  ['1:6.2.6-1', '6', true],
  ['60.1-1', '6', false],
  ['13', '13', true],
] as const)('%s is of line %s: %s', (version, line, expected) => {
  expect(isOfLine(version, line)).toBe(expected);
});

test.each([
  ['a bound compared without its epoch', ['11.0.25-2.el8'], 'i0\nf1:11.0.25-2.el8', ['1:11.0.25-2.el8']],
  ['an epoch of 0', ['8.0.33-1.cm2'], 'i0\nf0:8.0.33-1.cm2', ['8.0.33-1.cm2']],
  ['one compared as written', ['1:3.0.7-27.el9'], 'i0\nf1:3.0.7-27.el9', ['1:3.0.7-27.el9']],
  ['one the range does not hold', ['3-1'], 'i0', ['3-1']],
])('%s is told as the record writes it', (_, bounds, events, expected) => {
  expect(boundsAsWritten(bounds, events)).toEqual(expected);
});

import { describe, expect, it } from 'vitest';
import type { AssemblyFact } from './dotnet-fact.js';
import { identifyAssembly, runtimeIdentifier } from './identify-assembly.js';

const assembly = (rest: Partial<AssemblyFact>): AssemblyFact => ({ kind: 'assembly', name: 'System.Text.Json', version: '8.0.0.0', machine: 0x14c, references: [], ...rest });

describe('an assembly signed with a key of Microsoft', () => {
  it.each([
    ['of the runtime, as a package', { publicKeyToken: 'cc7b13ffcd2ddd51', product: 'Microsoft® .NET', productVersion: '8.0.5+abc' }, 'package 8.0.5'],
    ['of .NET Framework', { publicKeyToken: 'b03f5f7f11d50a3a', product: 'Microsoft® .NET Framework', productVersion: '4.8.4084.0', fileVersion: '4.8.4084.0' }, 'assembly 4.8.4084.0'],
    ['of Mono', { publicKeyToken: 'b03f5f7f11d50a3a', product: 'Mono Common Language Infrastructure', productVersion: '4.6.57.0', fileVersion: '4.6.57.0' }, 'assembly 4.6.57.0'],
    ['of a runtime alone', { publicKeyToken: '7cec85d7bea7798e', product: 'Microsoft® .NET', productVersion: '8.0.5+abc' }, 'assembly 8.0.5'],
  ])('%s', (_what, facts, expected) => {
    const { kind, version } = identifyAssembly(assembly(facts), new Set());
    expect(`${kind} ${version}`).toBe(expected);
  });
});

describe('the runtime identifier', () => {
  it.each([
    [0x8664 ^ 0x7b79, 'linux-x64'],
    [0xaa64 ^ 0x7b79, 'linux-arm64'],
    [0x8664, 'win-x64'],
    [0x14c, undefined],
    [0, undefined],
  ])('of machine %d is %s', (machine, expected) => {
    expect(runtimeIdentifier(assembly({ machine }))).toBe(expected);
  });
});

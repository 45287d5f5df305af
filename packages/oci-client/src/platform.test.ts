import { describe, expect, test } from 'vitest';
import { closestPlatform, formatPlatform, parsePlatform, platformDistance, type Platform } from './platform.js';

test.each<[text: string, platform: Platform]>([
  ['linux/amd64', { os: 'linux', architecture: 'amd64' }],
  ['linux/arm64/v8', { os: 'linux', architecture: 'arm64', variant: 'v8' }],
  ['Linux/x86_64', { os: 'linux', architecture: 'amd64' }],
  ['linux/x86-64', { os: 'linux', architecture: 'amd64' }],
  ['linux/aarch64', { os: 'linux', architecture: 'arm64' }],
  [' windows/amd64 ', { os: 'windows', architecture: 'amd64' }],
])('%j is read', (text, platform) => {
  expect(parsePlatform(text)).toEqual(platform);
  expect(parsePlatform(formatPlatform(platform))).toEqual(platform);
});

test.each(['', 'linux', 'linux/', '/amd64', 'linux/arm/v7/x', 'linux/am d64', 'linux/../amd64'])('%j is refused', (text) => {
  expect(() => parsePlatform(text)).toThrow(expect.objectContaining({ code: 'unsupported' }));
});

describe('an image serves a wanted platform', () => {
  test.each<[offered: string, wanted: string, distance: number | undefined]>([
    ['linux/amd64', 'linux/amd64', 0],
    ['linux/amd64/v1', 'linux/amd64', 0],
    ['linux/amd64', 'linux/amd64/v3', 2],
    ['linux/amd64/v3', 'linux/amd64', undefined],
    ['linux/arm64', 'linux/arm64/v8', 0],
    ['linux/arm64/v8', 'linux/arm64', 0],
    ['linux/arm64/v9', 'linux/arm64', undefined],
    ['linux/arm/v7', 'linux/arm', 0],
    ['linux/arm/v6', 'linux/arm/v7', 1],
    ['linux/arm/v5', 'linux/arm/v7', 2],
    ['linux/arm/v7', 'linux/arm/v6', undefined],
    ['linux/arm/v7', 'linux/arm64', undefined],
    ['windows/amd64', 'linux/amd64', undefined],
    ['linux/riscv64', 'linux/riscv64', 0],
  ])('%s for %s: %s', (offered, wanted, distance) => {
    expect(platformDistance(parsePlatform(offered), parsePlatform(wanted))).toBe(distance);
  });

  test('of the asked Windows build only', () => {
    const offered = { os: 'windows', architecture: 'amd64', osVersion: '10.0.20348.2227' };
    expect(platformDistance(offered, { os: 'windows', architecture: 'amd64' })).toBe(0);
    expect(platformDistance(offered, { os: 'windows', architecture: 'amd64', osVersion: '10.0.17763.5329' })).toBeUndefined();
  });

  test('best when it is closest', () => {
    const candidates = ['linux/arm/v5', 'linux/arm/v6', 'linux/arm64'].map((text) => ({ platform: parsePlatform(text) }));
    expect(closestPlatform(candidates, parsePlatform('linux/arm/v7'))).toBe(candidates[1]);
    expect(closestPlatform(candidates, parsePlatform('linux/s390x'))).toBeUndefined();
  });
});

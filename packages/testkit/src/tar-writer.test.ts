import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { directory, file, hardlink, opaque, symlink, whiteout } from './layer-entries.js';
import { writeTar } from './tar-writer.js';

/** What the system's own tar makes of it. */
function listed(tar: Buffer): readonly string[] {
  return execFileSync('tar', ['-tf', '-'], { input: tar, encoding: 'utf8', env: { ...process.env, LC_ALL: 'C.UTF-8' } }).trimEnd().split('\n');
}

function content(tar: Buffer, name: string): string {
  return execFileSync('tar', ['-xOf', '-', name], { input: tar, encoding: 'utf8' });
}

const long = `${'folder/'.repeat(40)}file`;

test('every kind of entry is understood by tar', () => {
  const tar = writeTar({
    etc: directory(),
    'etc/os-release': 'ID=test\n',
    'bin/tool': file('#!/bin/sh\n', 0o755),
    'bin/link': symlink('tool'),
    'bin/hard': hardlink('bin/tool'),
    'etc/removed': whiteout(),
    'var/cache': opaque(),
  });
  expect(listed(tar)).toEqual(['etc/', 'etc/os-release', 'bin/tool', 'bin/link', 'bin/hard', 'etc/.wh.removed', 'var/cache/.wh..wh..opq']);
  expect(content(tar, 'etc/os-release')).toBe('ID=test\n');
  const verbose = execFileSync('tar', ['-tvf', '-', 'bin/tool', 'bin/link', 'bin/hard'], { input: tar, encoding: 'utf8' });
  expect(verbose).toMatch(/^-rwxr-xr-x .* bin\/tool\nlrwxrwxrwx .* bin\/link -> tool\nh.* bin\/hard link to bin\/tool\n$/);
});

describe.each(['pax', 'gnu'] as const)('with %s long names', (longNames) => {
  test('names and targets of any length and script are understood by tar', () => {
    const tar = writeTar({ [long]: 'deep', 'straße/ü': 'umlaut', link: symlink(long) }, { longNames });
    expect(content(tar, long)).toBe('deep');
    expect(content(tar, 'straße/ü')).toBe('umlaut');
    expect(execFileSync('tar', ['-tvf', '-', 'link'], { input: tar, encoding: 'utf8' })).toContain(`link -> ${long}`);
  });
});

test('the same entries give the same bytes', () => {
  expect(writeTar({ a: 'x', b: symlink('a') }).equals(writeTar({ a: 'x', b: symlink('a') }))).toBe(true);
});

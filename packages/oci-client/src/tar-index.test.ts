import { spawnSync } from 'node:child_process';
import { hardlink, symlink, writeTar } from '@esscm/testkit';
import { describe, expect, test } from 'vitest';
import { indexTar, memberAt, type SequentialBytes } from './tar-index.js';

function sequential(tar: Buffer): SequentialBytes {
  let position = 0;
  return {
    get position() {
      return position;
    },
    read: (length) => {
      const bytes = tar.subarray(position, position + length);
      position += bytes.length;
      return Promise.resolve(bytes);
    },
    skip: (length) => {
      position += length;
      return Promise.resolve();
    },
  };
}

async function contents(tar: Buffer): Promise<Record<string, string>> {
  const members = await indexTar(sequential(tar), 'archive');
  return Object.fromEntries([...members].map(([name, { offset, sizeBytes, linkTarget }]) => [name, linkTarget ?? tar.toString('utf8', offset, offset + sizeBytes)]));
}

const long = `${'folder/'.repeat(30)}file`;

test.each(['pax', 'gnu'] as const)('names are read in every form, with %s for long ones', async (longNames) => {
  const tar = writeTar({ './a': 'one', 'b/ü': 'two', [long]: 'three', 'b/link': symlink('ü'), hard: hardlink('b/ü'), '../outside': 'x' }, { longNames });
  expect(await contents(tar)).toEqual({ a: 'one', 'b/ü': 'two', [long]: 'three', 'b/link': 'b/ü', hard: 'b/ü' });
});

test('what GNU tar writes is read the same', async () => {
  const script = `d=$(mktemp -d) && cd "$d" && mkdir -p ${long.slice(0, -5)} && printf three > ${long} && printf one > a && ln -s a b && tar -cf - a b ${long}; rm -r "$d"`;
  const { stdout } = spawnSync('sh', ['-c', script]);
  expect(await contents(stdout)).toEqual({ a: 'one', b: 'a', [long]: 'three' });
});

describe('a link', () => {
  test('leads to its file inside the archive, or to nothing', async () => {
    const members = await indexTar(sequential(writeTar({ 'x/layer.tar': 'one', 'y/layer.tar': symlink('../x/layer.tar'), 'z/out': symlink('../../etc/passwd'), loop: symlink('loop') })), 'archive');
    expect(memberAt(members, 'y/layer.tar')).toBe(members.get('x/layer.tar'));
    expect(memberAt(members, './x/../y/layer.tar')).toBe(members.get('x/layer.tar'));
    expect([memberAt(members, 'z/out'), memberAt(members, 'loop'), memberAt(members, 'missing')]).toEqual([undefined, undefined, undefined]);
  });
});

describe('a hostile tar is refused', () => {
  test.each<[what: string, tar: () => Buffer, code: string]>([
    ['a wrong checksum', () => overwritten(writeTar({ a: 'x' }), 0, 'b'), 'protocol'],
    ['a size that is no number', () => resealed(overwritten(writeTar({ a: 'x' }), 124, '99999999999')), 'protocol'],
    ['a size beyond all numbers', () => resealed(overwritten(writeTar({ a: 'x' }), 124, '\u00ff'.repeat(12))), 'protocol'],
    ['a name of two megabytes', () => writeTar({ ['n'.repeat(2_000_000)]: 'x' }), 'limit'],
    ['half a header', () => writeTar({ a: 'x' }).subarray(0, 300), 'protocol'],
  ])('for %s', async (_what, tar, code) => {
    await expect(indexTar(sequential(tar()), 'archive')).rejects.toMatchObject({ code });
  });

  test('for more entries than the limit', async () => {
    await expect(indexTar(sequential(writeTar({ a: '', b: '', c: '' })), 'archive', { entries: 2, extensionBytes: 1024 })).rejects.toMatchObject({ code: 'limit' });
  });
});

function overwritten(tar: Buffer, offset: number, text: string): Buffer {
  tar.write(text, offset, 'latin1');
  return tar;
}

/** With a checksum that agrees again. */
function resealed(tar: Buffer): Buffer {
  tar.fill(' ', 148, 156);
  const sum = tar.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  tar.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return tar;
}

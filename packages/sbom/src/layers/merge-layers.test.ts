import { describe, expect, it } from 'vitest';
import { resolveNode, walkTree, type TreeNode } from './file-tree.js';
import { ImageView } from './image-view.js';
import type { PathEntry } from './layer-facts.js';
import { mergeLayers } from './merge-layers.js';

/**
 * Layers are written as one text each, entries by blanks: `a/b` a file, `a/` a folder, `a->b` a symbolic link, `a=>b` a hard
 * link. The result lists every path of the tree with the layer it comes from.
 */
function parseLayer(text: string): PathEntry[] {
  return text
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => {
      const [, name = '', arrow, target = ''] = /^(.*?)(?:(->|=>)(.*))?$/.exec(word) ?? [];
      const isFolder = name.endsWith('/');
      const kind = arrow === '->' ? 'symbolic-link' : arrow === '=>' ? 'hard-link' : isFolder ? 'directory' : 'file';
      return { path: name.replace(/\/$/, ''), kind, mode: 0o644, sizeBytes: 0, ...(arrow === undefined ? {} : { target }) };
    });
}

function merge(layers: readonly string[]) {
  return mergeLayers(layers.map((text) => ({ paths: parseLayer(text), factPaths: new Set(parseLayer(text).map(({ path }) => path)) })));
}

function show(root: TreeNode): string {
  return [...walkTree(root)]
    .map(({ path, node }) => {
      const form = node.kind === 'directory' ? '/' : node.kind === 'symbolic-link' ? `->${node.target}` : '';
      return `${path}${form}@${node.layerIndex}`;
    })
    .join(' ');
}

const cases: readonly { what: string; layers: readonly string[]; tree: string }[] = [
  { what: 'no layer at all', layers: [], tree: '' },
  { what: 'one layer', layers: ['a b'], tree: 'a@0 b@0' },
  { what: 'a file in folders the tar does not name', layers: ['a/b/c'], tree: 'a/@0 a/b/@0 a/b/c@0' },
  { what: 'an upper file over a lower one', layers: ['a', 'a'], tree: 'a@1' },
  { what: 'an upper folder over a lower one, which keeps its entries', layers: ['d/ d/a', 'd/ d/b'], tree: 'd/@1 d/a@0 d/b@1' },
  { what: 'a whiteout of a file', layers: ['a b', '.wh.a'], tree: 'b@0' },
  { what: 'a whiteout of a file in a folder', layers: ['d/a d/b', 'd/.wh.a'], tree: 'd/@0 d/b@0' },
  { what: 'a whiteout of a folder and all below it', layers: ['d/e/a d/b c', '.wh.d'], tree: 'c@0' },
  { what: 'a whiteout of something that is not there', layers: ['a', '.wh.b x/.wh.y'], tree: 'a@0' },
  { what: 'a whiteout of a symbolic link, whose target stays', layers: ['a l->a', '.wh.l'], tree: 'a@0' },
  { what: 'a whiteout and the same name in one layer: the lower goes, the own stays', layers: ['a/x', 'a/y .wh.a'], tree: 'a/@1 a/y@1' },
  { what: 'the same with the whiteout first', layers: ['a/x', '.wh.a a/y'], tree: 'a/@1 a/y@1' },
  { what: 'a whiteout that its own layer does not obey', layers: ['a .wh.a'], tree: 'a@0' },
  { what: 'a name removed and added again two layers up', layers: ['a', '.wh.a', 'a'], tree: 'a@2' },
  { what: 'an opaque folder', layers: ['d/a d/b c', 'd/.wh..wh..opq'], tree: 'c@0 d/@0' },
  { what: 'an opaque folder with entries of its own after the marker', layers: ['d/a', 'd/ d/.wh..wh..opq d/b'], tree: 'd/@1 d/b@1' },
  { what: 'an opaque folder with entries of its own before the marker', layers: ['d/a', 'd/b d/.wh..wh..opq'], tree: 'd/@0 d/b@1' },
  { what: 'an opaque folder that hides deeper lower entries', layers: ['d/e/f/a', 'd/e/.wh..wh..opq d/e/x'], tree: 'd/@0 d/e/@0 d/e/x@1' },
  { what: 'an opaque root', layers: ['a b/c', '.wh..wh..opq d'], tree: 'd@1' },
  { what: 'opaque and whiteout in one layer', layers: ['d/a e', 'd/.wh..wh..opq .wh.e'], tree: 'd/@0' },
  { what: 'files AUFS keeps for itself, which hide nothing', layers: ['a plnk', '.wh..wh.plnk .wh..wh.aufs'], tree: 'a@0 plnk@0' },
  { what: 'a name with wh in it, which is no whiteout', layers: ['a', 'x.wh.a wh.a .whale'], tree: '.whale@1 a@0 wh.a@1 x.wh.a@1' },
  { what: 'a bare whiteout prefix, which names nothing', layers: ['a', '.wh.'], tree: 'a@0' },
  { what: 'a folder replaced by a file', layers: ['d/a d/b', 'd'], tree: 'd@1' },
  { what: 'a file replaced by a folder', layers: ['a', 'a/ a/b'], tree: 'a/@1 a/b@1' },
  { what: 'a file replaced by a folder the tar does not name', layers: ['a', 'a/b'], tree: 'a/@1 a/b@1' },
  { what: 'a folder replaced by a symbolic link', layers: ['d/a', 'e/ d->e'], tree: 'd->e@1 e/@1' },
  { what: 'a symbolic link replaced by a folder', layers: ['e/a l->e', 'l/ l/b'], tree: 'e/@0 e/a@0 l/@1 l/b@1' },
  { what: 'a symbolic link replaced by a file', layers: ['e/a l->e', 'l'], tree: 'e/@0 e/a@0 l@1' },
  { what: 'an entry below a symbolic link of the same layer', layers: ['usr/bin/ bin->usr/bin bin/sh'], tree: 'bin->usr/bin@0 usr/@0 usr/bin/@0 usr/bin/sh@0' },
  { what: 'an entry below a symbolic link of a lower layer', layers: ['usr/bin/sh bin->usr/bin', 'bin/sh'], tree: 'bin->usr/bin@0 usr/@0 usr/bin/@0 usr/bin/sh@1' },
  { what: 'an entry below an absolute symbolic link', layers: ['usr/lib/ lib->/usr/lib', 'lib/x/y'], tree: 'lib->/usr/lib@0 usr/@0 usr/lib/@0 usr/lib/x/@1 usr/lib/x/y@1' },
  { what: 'an entry below a chain of symbolic links', layers: ['c/ b->c a->b', 'a/x'], tree: 'a->b@0 b->c@0 c/@0 c/x@1' },
  { what: 'a whiteout below a symbolic link', layers: ['usr/bin/sh bin->usr/bin', 'bin/.wh.sh'], tree: 'bin->usr/bin@0 usr/@0 usr/bin/@0' },
  { what: 'an opaque marker below a symbolic link', layers: ['usr/lib/a lib->usr/lib', 'lib/.wh..wh..opq lib/b'], tree: 'lib->usr/lib@0 usr/@0 usr/lib/@0 usr/lib/b@1' },
  { what: 'a symbolic link that leads out of the root, which ends at the root', layers: ['l->../../.. x', 'l/y'], tree: 'l->../../..@0 x@0 y@1' },
  { what: 'symbolic links in a circle, replaced by the folder an entry needs', layers: ['a->b b->a', 'a/x'], tree: 'a/@1 a/x@1 b->a@0' },
  { what: 'a symbolic link to nothing, replaced by the folder an entry needs', layers: ['a->gone', 'a/x'], tree: 'a/@1 a/x@1' },
  { what: 'a link moved to another folder between two entries', layers: ['one/ two/ l->one', 'l/a l->two l/b'], tree: 'l->two@1 one/@0 one/a@1 two/@0 two/b@1' },
  { what: 'a hard link in one layer', layers: ['a b=>a'], tree: 'a@0 b@0' },
  { what: 'a hard link to a file of a lower layer', layers: ['a', 'b=>a'], tree: 'a@0 b@1' },
  { what: 'a hard link that outlives its target', layers: ['a b=>a', '.wh.a'], tree: 'b@0' },
  { what: 'a hard link to a symbolic link, which is one too', layers: ['a l->a m=>l'], tree: 'a@0 l->a@0 m->a@0' },
  { what: 'a hard link over the same path through an alias', layers: ['usr/bin/a bin->usr/bin', 'x=>bin/a'], tree: 'bin->usr/bin@0 usr/@0 usr/bin/@0 usr/bin/a@0 x@1' },
  { what: 'a hard link to nothing', layers: ['a=>gone b'], tree: 'b@0' },
  { what: 'one path twice in a tar, where the later entry counts', layers: ['a a/ a/b'], tree: 'a/@0 a/b@0' },
];

describe('mergeLayers', () => {
  it.each(cases)('merges $what', ({ layers, tree }) => {
    expect(show(merge(layers).root)).toBe(tree);
  });

  it('reports a hard link to nothing', () => {
    expect(merge(['a=>gone', 'b/c=>b']).diagnostics.map(({ code, path, layerIndex }) => ({ code, path, layerIndex }))).toEqual([
      { code: 'hard-link-without-target', path: 'a', layerIndex: 0 },
      { code: 'hard-link-without-target', path: 'b/c', layerIndex: 1 },
    ]);
  });

  it('tells how files with facts came and went', () => {
    const { changes } = merge(['usr/a b d/c bin->usr', 'bin/a .wh.b', 'd', 'b=>usr/a']);
    expect(changes.map((layer) => Object.fromEntries(layer))).toEqual([
      { 'usr/a': { layerIndex: 0, path: 'usr/a' }, b: { layerIndex: 0, path: 'b' }, 'd/c': { layerIndex: 0, path: 'd/c' } },
      { 'usr/a': { layerIndex: 1, path: 'bin/a' }, b: undefined },
      { 'd/c': undefined, d: { layerIndex: 2, path: 'd' } },
      { b: { layerIndex: 3, path: 'b' } },
    ]);
  });

  it('leaves out what links would lead deeper than any path, and says so', () => {
    const down = 'd/'.repeat(1000);
    const links = Array.from({ length: 20 }, (_, index) => `l${index + 1}->l${index}/${down}x ${`l${index + 1}/${down}x/`}`);
    const { root, diagnostics } = merge([`l0->base base/${down}x/ ${links.join(' ')}`]);
    const longest = [...walkTree(root)].reduce((length, { path }) => Math.max(length, path.length), 0);
    expect(longest).toBeLessThanOrEqual(16_384);
    expect(new Set(diagnostics.map(({ code }) => code))).toEqual(new Set(['path-too-deep']));
  });

  it('survives very deep paths and very long chains of links', () => {
    const deep = 'd/'.repeat(2000);
    const chain = Array.from({ length: 60 }, (_, index) => `l${index}->l${index + 1}`).join(' ');
    const { root } = merge([`${deep}x ${chain} l60`]);
    expect(resolveNode(root, `${deep}x`, true)?.node.kind).toBe('file');
    expect(resolveNode(root, 'l21', true)?.path).toBe('l60');
    expect(resolveNode(root, 'l19', true)).toBeUndefined();
  });
});

describe('resolveNode', () => {
  const layer = 'usr/lib/a bin->usr/lib up->../.. here->. abs->/usr/lib/a file->bin/a loop->loop';
  const { root } = merge([layer]);
  const view = new ImageView([{ diffId: 'sha256:made', paths: parseLayer(layer), diagnostics: [], files: new Map() }], []);

  it.each([
    ['usr/lib/a', 'usr/lib/a'],
    ['bin/a', 'usr/lib/a'],
    ['bin/../lib/a', 'usr/lib/a'],
    ['up/usr/lib', 'usr/lib'],
    ['here/here/bin', 'usr/lib'],
    ['abs', 'usr/lib/a'],
    ['file', 'usr/lib/a'],
    ['/usr//lib/./a', 'usr/lib/a'],
    ['../../usr', 'usr'],
    ['', ''],
    ['loop', undefined],
    ['gone', undefined],
    ['/bin/a', 'usr/lib/a'],
    ['/usr', 'usr'],
    ['usr/lib/a/b', undefined],
    ['usr/lib/a/..', undefined],
    ['bin/..', 'usr'],
    ['gone/..', undefined],
  ])('follows %j to %j, as the view of an image does', (path, expected) => {
    expect(resolveNode(root, path, true)?.path).toBe(expected);
    for (const time of ['first', 'second']) expect({ time, path: view.resolve(path) }).toEqual({ time, path: expected });
  });

  it('leaves the last link alone when told to', () => {
    expect(resolveNode(root, 'here/file', false)?.path).toBe('file');
  });
});

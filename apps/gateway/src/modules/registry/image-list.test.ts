import type { RegistryImage } from '@esscm/registry-core';
import { describe, expect, test } from 'vitest';
import { ImageList } from './image-list.js';

const digest = (letter: string) => `sha256:${letter.repeat(64)}` as const;
const image = (letter: string, changes: Partial<RegistryImage> = {}): RegistryImage => ({ digest: digest(letter), tags: [], kind: 'image', status: 'active', ...changes });

const images: readonly RegistryImage[] = [
  image('a', { tags: ['1.0', 'old'], sizeBytes: 5_000_000_000, pushedAt: new Date('2026-01-01T00:00:00.123Z'), lastPulledAt: new Date('2026-02-01T00:00:00Z') }),
  image('b', { tags: ['2.0'], sizeBytes: 0, pushedAt: new Date('2026-03-01T00:00:00Z'), kind: 'index' }),
  image('c', { kind: 'artifact', artifactType: 'application/vnd.cncf.helm.config.v1+json', pushedAt: new Date('2026-03-01T00:00:00Z') }),
  image('d', { tags: ['Nightly'], kind: 'unknown', status: 'archived' }),
];

function listOf(...pages: (readonly RegistryImage[])[]): ImageList {
  const list = new ImageList();
  for (const page of pages) list.add(page);
  return list;
}

describe('ImageList', () => {
  test('gives back what was put in', () => {
    const list = listOf(images.slice(0, 2), [], images.slice(2));
    expect([...list.images()]).toEqual(images);
  });

  test('joins an image that comes again with further tags', () => {
    const list = listOf([image('a', { tags: ['1', '2'] }), image('b', { tags: ['3'] })], [image('a', { tags: ['2', 'latest'] })]);
    expect([...list.images()]).toEqual([image('a', { tags: ['1', '2', 'latest'] }), image('b', { tags: ['3'] })]);
  });

  test('keeps what it has while it grows', () => {
    const many = Array.from({ length: 5000 }, (_, index) => ({ ...image('a'), digest: `sha256:${index.toString(16).padStart(64, '0')}` as const, tags: [`t${index}`], sizeBytes: index }));
    const list = listOf(many.slice(0, 300), many.slice(300));
    expect([...list.images()]).toEqual(many);
    expect(list.bytes).toBeLessThan(5000 * 250);
  });

  test.each([
    ['newest', 'bcad'],
    ['oldest', 'abcd'],
    ['largest', 'abcd'],
    ['smallest', 'bacd'],
    ['last-pulled', 'abcd'],
    ['tag', 'abdc'],
  ] as const)('%s first, what is not known last, equal ones by digest', (order, letters) => {
    const list = listOf(images);
    expect([...list.ordered(order)].map((row) => list.at(row).digest.at(-1)).join('')).toBe(letters);
  });

  test('finds a part of a tag whatever its case, and of a digest when the text can be nothing else', () => {
    const list = listOf(images);
    const found = (text: string) => [...list.images()].filter((_, row) => list.matches(row, text)).map((entry) => entry.digest.at(-1)).join('');
    expect([found('nightly'), found('.0'), found('sha256:cc'), found('ccccccc'), found('c')]).toEqual(['d', 'ab', 'c', 'c', '']);
  });
});

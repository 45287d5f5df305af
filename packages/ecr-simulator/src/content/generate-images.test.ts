import { expect, it } from 'vitest';
import { generateImages } from './generate-images.js';
import { RepositoryContent } from './repository-content.js';

it('fills a repository with images that differ, the last one pushed last', () => {
  const content = new RepositoryContent({ name: 'team/app', visibility: 'private', createdAt: new Date(0) });
  generateImages(content, 101, new Date('2026-01-01T00:00:00Z'));
  expect(new Set(content.images.map(({ manifest }) => manifest.digest)).size).toBe(101);
  expect(content.tags).toHaveLength(103);
  const last = content.lookUp({ tag: 'release-100.0' });
  expect(typeof last === 'string' ? last : last.image.pushedAt).toEqual(new Date('2025-12-31T23:59:00Z'));
  expect(content.tagsOf(typeof last === 'string' ? '' : last.image.manifest.digest)).toEqual(['build-100', 'release-100.0']);
});

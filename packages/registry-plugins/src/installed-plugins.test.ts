import { expect, test } from 'vitest';
import { installedPlugins } from './installed-plugins.js';

test('Amazon ECR is installed, found by the id that connections are stored with', () => {
  const plugins = installedPlugins();

  expect(plugins.list().map((plugin) => plugin.description.id)).toEqual(['ecr']);
  expect(plugins.get('ecr')?.description.variants.map((variant) => variant.id)).toEqual(['public', 'private']);
  expect(plugins.get('quay')).toBeUndefined();
});

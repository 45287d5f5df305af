import { expect, test } from 'vitest';
import { installedPlugins } from './installed-plugins.js';

test('each plugin is installed under the id that connections are stored with', () => {
  const plugins = installedPlugins();

  expect(plugins.list().map((plugin) => plugin.description.id)).toEqual(['ecr', 'oci']);
  expect(plugins.get('ecr')?.description.variants.map((variant) => variant.id)).toEqual(['public', 'private']);
  expect(plugins.get('oci')?.description.variants.map((variant) => variant.id)).toEqual(['public', 'registry']);
  expect(plugins.get('quay')).toBeUndefined();
});

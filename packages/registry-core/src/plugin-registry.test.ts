import { expect, test } from 'vitest';
import { PluginRegistry } from './plugin-registry.js';
import { memoryPlugin } from './testing/memory-plugin.js';
import { MemoryRegistry } from './testing/memory-registry.js';

test('keeps plugins in order and finds them by id', () => {
  const plugin = memoryPlugin(new MemoryRegistry(0));
  const registry = new PluginRegistry([plugin]);

  expect(registry.list()).toEqual([plugin]);
  expect(registry.get('memory')).toBe(plugin);
  expect(registry.get('constructor')).toBeUndefined();
});

test('refuses two plugins of the same id', () => {
  const plugin = memoryPlugin(new MemoryRegistry(0));

  expect(() => new PluginRegistry([plugin, plugin])).toThrow("Two registry plugins have the id 'memory'.");
});

import { ecrPlugin } from '@esscm/plugin-ecr';
import { ociPlugin } from '@esscm/plugin-oci';
import { PluginRegistry } from '@esscm/registry-core';

/** The plugins this product comes with, in the order of their cards. A new plugin is one more line here. */
export function installedPlugins(): PluginRegistry {
  return new PluginRegistry([ecrPlugin, ociPlugin]);
}

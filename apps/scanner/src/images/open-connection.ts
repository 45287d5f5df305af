import { InvalidConfigurationError, RegistryError, type PluginHost, type PluginRegistry, type RegistryConnection } from '@esscm/registry-core';
import type { ConnectionRecord, Store } from '@esscm/store';

interface ConnectionDependencies {
  readonly store: Pick<Store, 'connections'>;
  readonly plugins: Pick<PluginRegistry, 'get'>;
}

/**
 * Opens a connection with its credential, which is read for this one use. The caller disposes it.
 * @throws RegistryError when the plugin or what is stored can no longer be used
 */
export async function openConnection(
  { store, plugins }: ConnectionDependencies,
  connection: ConnectionRecord,
  host: PluginHost,
): Promise<RegistryConnection> {
  const plugin = plugins.get(connection.pluginId);
  if (plugin === undefined) {
    throw new RegistryError({
      kind: 'unsupported',
      heading: 'The plugin is not installed',
      message: `This connection needs the plugin "${connection.pluginId}", which this server does not have.`,
      remedy: 'Install the plugin, or delete the connection.',
    });
  }
  const secrets = await store.connections.readSecrets(connection.organizationId, connection.id);
  try {
    const configuration = plugin.configure({
      variantId: connection.variantId,
      values: { ...connection.settings, ...secrets },
      ...(connection.credentialKindId === undefined ? {} : { credentialKindId: connection.credentialKindId }),
    });
    return plugin.connect(configuration, host);
  } catch (cause) {
    if (!(cause instanceof InvalidConfigurationError)) throw cause;
    throw new RegistryError({
      kind: 'unsupported',
      heading: 'The connection cannot be used',
      message: 'What is stored of this connection is no longer accepted.',
      remedy: 'Connect the registry again.',
      cause,
    });
  }
}

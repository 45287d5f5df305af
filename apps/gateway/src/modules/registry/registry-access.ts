import {
  type PluginHost,
  type PluginRegistry,
  type RegistryConfiguration,
  type RegistryConnection,
  RegistryError,
  type RegistryPlugin,
  type Secret,
} from '@esscm/registry-core';
import type { ConnectionDraftRecord, ConnectionRecord, PlainSecrets, Store } from '@esscm/store';

/** A stored row that a registry can be reached with. */
export type RegistrySource =
  | { readonly kind: 'connection'; readonly record: ConnectionRecord }
  | { readonly kind: 'draft'; readonly record: ConnectionDraftRecord };

interface RegistryAccessOptions {
  readonly store: Pick<Store, 'connections' | 'drafts'>;
  readonly plugins: Pick<PluginRegistry, 'get'>;
  readonly hostFor: (target: { readonly sample: boolean }) => PluginHost;
}

/** Opens stored connections and drafts. Their secrets are read for the one use and kept nowhere here. */
export class RegistryAccess {
  readonly #options: RegistryAccessOptions;

  constructor(options: RegistryAccessOptions) {
    this.#options = options;
  }

  /**
   * With what is stored of the source, or with another configuration in its place. The caller disposes the connection.
   * @throws RegistryError when the plugin or the configuration can not be used
   */
  async open(source: RegistrySource, configuration?: RegistryConfiguration): Promise<RegistryConnection> {
    const { plugins, hostFor } = this.#options;
    const { record } = source;
    const plugin = plugins.get(record.pluginId);
    if (plugin === undefined) throw unusable(`The plugin ${record.pluginId} is not installed on this server.`);
    const host = hostFor({ sample: source.kind === 'connection' && source.record.sample });
    return plugin.connect(configuration ?? (await this.#stored(source, plugin)), host);
  }

  async #stored(source: RegistrySource, plugin: RegistryPlugin): Promise<RegistryConfiguration> {
    const { store } = this.#options;
    const { record } = source;
    const repository = source.kind === 'connection' ? store.connections : store.drafts;
    const secrets = await repository.readSecrets(record.organizationId, record.id);
    try {
      return plugin.configure({
        variantId: record.variantId,
        ...(record.credentialKindId !== undefined && { credentialKindId: record.credentialKindId }),
        values: { ...record.settings, ...secrets },
      });
    } catch (cause) {
      throw unusable('What is stored of this connection is not accepted any more. Enter its credentials again.', cause);
    }
  }
}

/** The text of secrets, for the store to seal. */
export function revealed(secrets: Readonly<Record<string, Secret>>): PlainSecrets {
  return Object.fromEntries(Object.entries(secrets).map(([name, secret]) => [name, secret.reveal()]));
}

function unusable(message: string, cause?: unknown): RegistryError {
  return new RegistryError({ kind: 'unsupported', heading: 'Connection cannot be used', message, cause });
}

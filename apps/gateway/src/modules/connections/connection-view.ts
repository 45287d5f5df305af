import type { PluginRegistry } from '@esscm/registry-core';
import type { ConnectionRecord } from '@esscm/store';
import { pluginOf, settingsOf } from '../plugins/plugin-view.js';
import { reportView } from '../verification/verification-report-view.js';
import type { RegistryConnection } from './connection.type.js';

/** A connection as the API shows it. */
export function connectionView(plugins: Pick<PluginRegistry, 'get'>, record: ConnectionRecord): RegistryConnection {
  const { plugin, variant, credentialKind } = pluginOf(plugins, record);
  const { id, name, description, sample, credentialHint, credentialSetAt, credentialExpiresAt, withoutScanning, createdAt } = record;
  return {
    id,
    name,
    description,
    plugin,
    variant,
    credentialKind,
    sample,
    credentialHint,
    credentialSetAt,
    credentialExpiresAt,
    withoutScanning,
    createdAt,
    settings: settingsOf(credentialKind, record.settings),
    verification: reportView(record.verification, variant),
  };
}

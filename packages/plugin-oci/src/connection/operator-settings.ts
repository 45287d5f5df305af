import type { PluginHost } from '@esscm/registry-core';

/** What the operator allows beyond public registries over TLS. */
export interface OperatorSettings {
  /** Hosts, with their port, that are spoken to without TLS. Only these may be on this machine, and those by a name or address that says so. */
  readonly plainHttpRegistries: ReadonlySet<string>;
}

/** Reads the plugin's own keys. */
export function readOperatorSettings({ operatorSettings }: Pick<PluginHost, 'operatorSettings'>): OperatorSettings {
  return {
    plainHttpRegistries: new Set(list(operatorSettings['oci.plainHttpRegistries'])),
  };
}

function list(text = ''): readonly string[] {
  return text
    .split(',')
    .map((word) => word.trim().toLowerCase())
    .filter((word) => word !== '');
}

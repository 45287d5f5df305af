import { InvalidConfigurationError, InvalidReferenceError } from '@esscm/registry-core';
import type { PluginHost, RegistryConfiguration, RegistryConnection, RegistryPlugin } from '@esscm/registry-core';
import { configure } from './configuration/configure.js';
import { readRegistrySettings } from './configuration/registry-settings.js';
import { NamedRegistryConnection } from './connection/named-registry-connection.js';
import { PublicImagesConnection } from './connection/public-images-connection.js';
import { ociDescription } from './description/oci-description.js';
import { parseReference } from './reference/parse-reference.js';

/**
 * Registries that speak the OCI distribution specification: public images of any of them by reference, and one registry with
 * its repositories, signed in or not. Reads the operator setting
 * `oci.plainHttpRegistries`, a list parted by commas.
 */
export const ociPlugin: RegistryPlugin = {
  description: ociDescription,
  configure,
  parseReference(variantId, text) {
    if (variantId === 'public' || variantId === 'registry') return parseReference(text);
    throw new InvalidReferenceError({ code: 'other-variant', message: 'There is no such variant of this plugin.' });
  },
  connect,
};

function connect(configuration: RegistryConfiguration, host: PluginHost): RegistryConnection {
  if (configuration.variantId === 'public') return new PublicImagesConnection(host);
  const settings = readRegistrySettings(configuration);
  if (settings !== undefined) return new NamedRegistryConnection(settings, host);
  throw new InvalidConfigurationError([{ field: '', message: 'What is stored of this registry is not complete. Enter it again.' }]);
}

import { RegistryError } from '@esscm/registry-core';
import type { PluginHost } from '@esscm/registry-core';
import { machineIdentitySetting } from '../configuration/machine-kind.js';
import type { AccessKeyCredentials, MachineCredentials } from '../configuration/private-configuration.js';
import { headings } from '../errors/headings.js';
import type { AwsIdentity } from './aws-identity.js';
import { keyIdentity } from './aws-identity.js';
import { machineIdentity, readMachineSources } from './machine-identity.js';
import type { StsApi } from './sts-api.js';

/**
 * The identity that credentials stand for.
 * @param sts at an address that no user named: a web identity token is shown to it
 * @throws RegistryError of kind `unsupported` for the machine's own where the operator does not allow it
 */
export function createIdentity(credentials: AccessKeyCredentials | MachineCredentials, host: PluginHost, sts: StsApi): AwsIdentity {
  if (credentials.kind === 'access-key') return keyIdentity(credentials);
  const sources = readMachineSources(host.operatorSettings[machineIdentitySetting]);
  if (sources.length > 0) return machineIdentity(sources, sts);
  throw new RegistryError({
    kind: 'unsupported',
    heading: headings.notSupported,
    message: "The operator of this server does not allow its own AWS identity to be used.",
    remedy: 'Use access keys or a role, or let the operator set ESSCM_AWS_MACHINE_IDENTITY.',
  });
}

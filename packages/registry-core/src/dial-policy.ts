import { createDialPolicy, isLoopbackHost, type DialPolicy } from '@esscm/oci-client';
import type { PluginHost } from './plugin.js';

/**
 * Which addresses may be dialled for a connection: public ones, those of networks that the operator opens, and this machine where
 * it is what `connectTo` names. A name that merely leads to this machine opens nothing, as whoever answers for it, or sends
 * a redirect, would then reach what else is here.
 * @param connectTo the origin that the operator set in the place of the registry's own
 */
export function dialPolicyFor({ privateNetworks }: Pick<PluginHost, 'privateNetworks'>, connectTo: string | undefined): DialPolicy {
  const url = connectTo === undefined ? null : URL.parse(connectTo);
  return createDialPolicy({ allowPrivateNetworks: privateNetworks, allowLoopback: url !== null && isLoopbackHost(url.hostname) });
}

import { isIP } from 'node:net';
import { specialNetworkOf } from './refused-networks.js';

/** Whether a host name or literal address (without port; IPv6 with or without brackets) is this machine and nothing else. */
export function isLoopbackHost(host: string): boolean {
  const address = host.replace(/^\[(.*)\]$/, '$1');
  return address === 'localhost' || (isIP(address) !== 0 && specialNetworkOf(address) === 'loopback');
}

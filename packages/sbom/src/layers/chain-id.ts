import { createHash } from 'node:crypto';

/**
 * Names a stack of layers, base first, whatever image it is of: the ChainID of the OCI image specification 1.1 (config.md, Layer
 * ChainID). That of a single layer is its diffID. @returns `undefined` for no layers
 */
export function chainId(diffIds: readonly string[]): string | undefined {
  const [base, ...above] = diffIds;
  if (base === undefined) return undefined;
  return above.reduce((below, diffId) => `sha256:${createHash('sha256').update(`${below} ${diffId}`).digest('hex')}`, base);
}

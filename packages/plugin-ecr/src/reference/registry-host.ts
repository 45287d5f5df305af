import { isRegion, partitionOf } from '../partitions.js';

/** What a registry host name says. Made only from a name that matches in full, so it is safe to connect to. */
export type RegistryHost =
  | { readonly kind: 'public'; readonly host: string }
  | { readonly kind: 'private'; readonly host: string; readonly accountId: string; readonly region: string };

/** The one host name public images are known by. */
export const publicRegistryHost = 'public.ecr.aws';

/** The dual-stack twin of {@link publicRegistryHost}; it serves the same images. */
export const publicDualStackHost = 'ecr-public.aws.com';

const privateHostPattern = /^([0-9]{12})\.dkr([.-])ecr(?:-fips)?\.([a-z0-9-]+)\.(.+)$/;

/** Reads the host of an ECR reference; undefined for any other, however alike: no port, no user, no trailing dot. */
export function parseRegistryHost(host: string): RegistryHost | undefined {
  if (host === publicRegistryHost || host === publicDualStackHost) return { kind: 'public', host };
  const match = privateHostPattern.exec(host);
  const [, accountId, separator, region, suffix] = match ?? [];
  if (accountId === undefined || region === undefined || !isRegion(region)) return undefined;
  const partition = partitionOf(region);
  const expected = separator === '.' ? partition.suffix : partition.dualStack?.registrySuffix;
  return suffix === expected ? { kind: 'private', host, accountId, region } : undefined;
}

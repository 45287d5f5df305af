import { partitionOf } from './partitions.js';

/** Which of ECR's host names are used. All of them lead to the same registries. */
export type HostNames = 'standard' | 'fips' | 'dual-stack' | 'fips-dual-stack';

/** In the order they are offered. */
export const hostNamesChoices: readonly { readonly value: HostNames; readonly label: string }[] = [
  { value: 'standard', label: 'Standard' },
  { value: 'fips', label: 'FIPS 140 (United States)' },
  { value: 'dual-stack', label: 'Dual-stack (IPv4 and IPv6)' },
  { value: 'fips-dual-stack', label: 'FIPS 140, dual-stack' },
];

/** Whether AWS has such host names in a region's partition, as the endpoint rules of `@aws-sdk/client-ecr` 3.1169.0 know them. */
export function hasHostNames(region: string, names: HostNames): boolean {
  const { dualStack, fips } = partitionOf(region);
  return (fips || !names.startsWith('fips')) && (dualStack !== undefined || !names.endsWith('dual-stack'));
}

/** Host of the ECR API. */
export function apiHost(region: string, names: HostNames): string {
  const { suffix, dualStack } = partitionOf(region);
  switch (names) {
    case 'standard':
      return `api.ecr.${region}.${suffix}`;
    case 'fips':
      return `api.ecr-fips.${region}.${suffix}`;
    case 'dual-stack':
      return `ecr.${region}.${dualStack?.apiSuffix ?? suffix}`;
    case 'fips-dual-stack':
      return `ecr-fips.${region}.${dualStack?.apiSuffix ?? suffix}`;
  }
}

/** Host of STS in the region. GovCloud's standard hosts are the FIPS ones. */
export function stsHost(region: string, names: HostNames): string {
  const { id, suffix, dualStack } = partitionOf(region);
  const ending = names.endsWith('dual-stack') ? (dualStack?.apiSuffix ?? suffix) : suffix;
  const isSeparate = names === 'fips-dual-stack' || (names === 'fips' && id !== 'aws-us-gov');
  return `${isSeparate ? 'sts-fips' : 'sts'}.${region}.${ending}`;
}

/** Host of an account's registry. */
export function registryHostName(accountId: string, region: string, names: HostNames): string {
  const { suffix, dualStack } = partitionOf(region);
  switch (names) {
    case 'standard':
      return `${accountId}.dkr.ecr.${region}.${suffix}`;
    case 'fips':
      return `${accountId}.dkr.ecr-fips.${region}.${suffix}`;
    case 'dual-stack':
      return `${accountId}.dkr-ecr.${region}.${dualStack?.registrySuffix ?? suffix}`;
    case 'fips-dual-stack':
      return `${accountId}.dkr-ecr-fips.${region}.${dualStack?.registrySuffix ?? suffix}`;
  }
}

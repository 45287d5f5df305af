/** One private registry: of an account, in a region. */
export interface RegistryPlace {
  readonly account: string;
  readonly region: string;
}

/** The registry's host name in a partition: China and the European Sovereign Cloud have suffixes of their own. */
export function registryHostName({ account, region }: RegistryPlace): string {
  const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : region.startsWith('eusc-') ? 'amazonaws.eu' : 'amazonaws.com';
  return `${account}.dkr.ecr.${region}.${suffix}`;
}

/** The partition in ARNs of a region. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  return region.startsWith('eusc-') ? 'aws-eusc' : 'aws';
}

/** Whether the text has the form of a region. */
export function isRegion(text: string): boolean {
  return /^[a-z]{2,4}(?:-[a-z]+)+-\d+$/.test(text);
}

/** One AWS partition: accounts, credentials and host names never cross from one to another. */
export interface Partition {
  readonly id: string;
  /** Regions of the partition begin with one of these; the first partition takes every other region. */
  readonly regionPrefixes: readonly string[];
  /** Ending of API and registry host names. */
  readonly suffix: string;
  /** Endings of dual-stack host names, where ECR offers them. */
  readonly dualStack?: { readonly apiSuffix: string; readonly registrySuffix: string };
  /** Whether ECR has FIPS host names. */
  readonly fips: boolean;
}

const commercial: Partition = {
  id: 'aws',
  regionPrefixes: [],
  suffix: 'amazonaws.com',
  dualStack: { apiSuffix: 'api.aws', registrySuffix: 'on.aws' },
  fips: true,
};

/** As the endpoint rules of `@aws-sdk/client-ecr` 3.1169.0 know them. */
const otherPartitions: readonly Partition[] = [
  {
    id: 'aws-us-gov',
    regionPrefixes: ['us-gov-'],
    suffix: 'amazonaws.com',
    dualStack: { apiSuffix: 'api.aws', registrySuffix: 'on.aws' },
    fips: true,
  },
  {
    id: 'aws-cn',
    regionPrefixes: ['cn-'],
    suffix: 'amazonaws.com.cn',
    dualStack: { apiSuffix: 'api.amazonwebservices.com.cn', registrySuffix: 'on.amazonwebservices.com.cn' },
    fips: false,
  },
  {
    id: 'aws-eusc',
    regionPrefixes: ['eusc-'],
    suffix: 'amazonaws.eu',
    dualStack: { apiSuffix: 'api.amazonwebservices.eu', registrySuffix: 'on.amazonwebservices.eu' },
    fips: false,
  },
  { id: 'aws-iso', regionPrefixes: ['us-iso-'], suffix: 'c2s.ic.gov', fips: false },
  { id: 'aws-iso-b', regionPrefixes: ['us-isob-'], suffix: 'sc2s.sgov.gov', fips: false },
  { id: 'aws-iso-e', regionPrefixes: ['eu-isoe-'], suffix: 'cloud.adc-e.uk', fips: false },
  { id: 'aws-iso-f', regionPrefixes: ['us-isof-', 'eu-isof-'], suffix: 'csp.hci.ic.gov', fips: false },
];

const regionPattern = /^[a-z]{2,4}(-[a-z]+)+-[0-9]{1,3}$/;

/** Whether the text has the form of an AWS region. Says nothing of whether there is such a region. */
export function isRegion(text: string): boolean {
  return text.length <= 40 && regionPattern.test(text);
}

/** The partition a region belongs to. Unknown regions are taken for commercial ones, as the AWS SDK does. */
export function partitionOf(region: string): Partition {
  return (
    otherPartitions.find((partition) => partition.regionPrefixes.some((prefix) => region.startsWith(prefix))) ??
    commercial
  );
}

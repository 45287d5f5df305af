/** One AWS partition: accounts, credentials and host names never cross from one to another. */
export interface Partition {
  readonly id: string;
  /** Regions of the partition begin with one of these; the first partition takes every other region. */
  readonly regionPrefixes: readonly string[];
  /** Ending of API and registry host names. */
  readonly suffix: string;
  /** Ending of dual-stack registry host names, where ECR offers them. */
  readonly dualStackSuffix?: string;
}

const commercial: Partition = {
  id: 'aws',
  regionPrefixes: [],
  suffix: 'amazonaws.com',
  dualStackSuffix: 'on.aws',
};

/** As the endpoint rules of `@aws-sdk/client-ecr` 3.1169.0 know them. */
const otherPartitions: readonly Partition[] = [
  { id: 'aws-us-gov', regionPrefixes: ['us-gov-'], suffix: 'amazonaws.com', dualStackSuffix: 'on.aws' },
  {
    id: 'aws-cn',
    regionPrefixes: ['cn-'],
    suffix: 'amazonaws.com.cn',
    dualStackSuffix: 'on.amazonwebservices.com.cn',
  },
  { id: 'aws-eusc', regionPrefixes: ['eusc-'], suffix: 'amazonaws.eu', dualStackSuffix: 'on.amazonwebservices.eu' },
  { id: 'aws-iso', regionPrefixes: ['us-iso-'], suffix: 'c2s.ic.gov' },
  { id: 'aws-iso-b', regionPrefixes: ['us-isob-'], suffix: 'sc2s.sgov.gov' },
  { id: 'aws-iso-e', regionPrefixes: ['eu-isoe-'], suffix: 'cloud.adc-e.uk' },
  { id: 'aws-iso-f', regionPrefixes: ['us-isof-', 'eu-isof-'], suffix: 'csp.hci.ic.gov' },
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

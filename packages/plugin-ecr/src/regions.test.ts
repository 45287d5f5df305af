import { describe, expect, test } from 'vitest';
import { isRegion, partitionOf } from './partitions.js';
import { nearestRegion, regionChoices } from './regions.js';

// Endpoints as the resolver of @aws-sdk/client-ecr gives them.
test.each([
  ['us-east-1', 'aws', 'amazonaws.com'],
  ['zz-new-1', 'aws', 'amazonaws.com'],
  ['us-gov-west-1', 'aws-us-gov', 'amazonaws.com'],
  ['cn-northwest-1', 'aws-cn', 'amazonaws.com.cn'],
  ['eusc-de-east-1', 'aws-eusc', 'amazonaws.eu'],
  ['us-iso-east-1', 'aws-iso', 'c2s.ic.gov'],
  ['us-isob-east-1', 'aws-iso-b', 'sc2s.sgov.gov'],
  ['eu-isoe-west-1', 'aws-iso-e', 'cloud.adc-e.uk'],
  ['us-isof-south-1', 'aws-iso-f', 'csp.hci.ic.gov'],
])('%s is in partition %s, under %s', (region, id, suffix) => {
  expect(partitionOf(region)).toMatchObject({ id, suffix });
});

describe('the form of a region', () => {
  test.each(regionChoices)('$value is one', ({ value }) => {
    expect(isRegion(value)).toBe(true);
  });

  test.each(['', 'us-east', 'us-east-', 'US-EAST-1', 'us east 1', 'us-east-1.evil.example', 'us-east-1/x', 'u-1', `us-${'a'.repeat(40)}-1`])(
    '%j is none',
    (text) => {
      expect(isRegion(text)).toBe(false);
    },
  );
});

describe('a mistyped region', () => {
  test.each([
    ['us-esat-1', 'us-east-1'],
    ['eu-cental-1', 'eu-central-1'],
    ['ap-sotheast-2', 'ap-southeast-2'],
    ['eu-west-11', 'eu-west-1'],
    ['us-east-1', undefined],
    ['zz-elsewhere-9', undefined],
  ])('%s was meant to be %s', (typed, meant) => {
    expect(nearestRegion(typed)).toBe(meant);
  });
});

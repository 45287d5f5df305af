import { ECRClient } from '@aws-sdk/client-ecr';
import { STSClient } from '@aws-sdk/client-sts';
import { describe, expect, test } from 'vitest';
import { apiHost, hasHostNames, hostNamesChoices, registryHostName, stsHost } from './host-names.js';
import { parseRegistryHost } from './reference/registry-host.js';
import { regionChoices } from './regions.js';

const offered = regionChoices.flatMap(({ value: region }) =>
  hostNamesChoices.filter(({ value }) => hasHostNames(region, value)).map(({ value }) => [region, value] as const),
);

describe('the AWS SDK makes the same host names', () => {
  // The endpoint rules of the SDK, which no client here uses, are the witness.
  const clients = { ecr: new ECRClient({ region: 'us-east-1' }), sts: new STSClient({ region: 'us-east-1' }) };
  const hostOf = (service: 'ecr' | 'sts', region: string, names: string): string =>
    clients[service].config.endpointProvider({ Region: region, UseFIPS: names.startsWith('fips'), UseDualStack: names.endsWith('dual-stack'), UseGlobalEndpoint: false }).url.host;

  test.each(offered)('%s, %s', (region, names) => {
    expect([apiHost(region, names), stsHost(region, names)]).toEqual([hostOf('ecr', region, names), hostOf('sts', region, names)]);
  });
});

test.each(offered)('the registry of %s has a %s host that is read back', (region, names) => {
  const host = registryHostName('123456789012', region, names);

  expect(parseRegistryHost(host)).toEqual({ kind: 'private', host, accountId: '123456789012', region });
});

test.each([
  ['us-east-1', ['standard', 'fips', 'dual-stack', 'fips-dual-stack']],
  ['us-gov-west-1', ['standard', 'fips', 'dual-stack', 'fips-dual-stack']],
  ['cn-north-1', ['standard', 'dual-stack']],
  ['eusc-de-east-1', ['standard', 'dual-stack']],
  ['us-iso-east-1', ['standard']],
])('%s has %j', (region, names) => {
  expect(hostNamesChoices.map(({ value }) => value).filter((value) => hasHostNames(region, value))).toEqual(names);
});

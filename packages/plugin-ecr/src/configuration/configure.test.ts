import { InvalidConfigurationError } from '@esscm/registry-core';
import type { ConfigurationInput } from '@esscm/registry-core';
import { describe, expect, test } from 'vitest';
import { configure } from './configure.js';
import { readPrivateConfiguration } from './credential-kinds.js';

const values = {
  accessKeyId: 'AKIAWTN4Q7ZEXAMPLE3K',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  region: 'eu-central-1',
};
const input: ConfigurationInput = { variantId: 'private', credentialKindId: 'access-key', values };

describe('an access key', () => {
  test('is kept apart from what may be shown, trimmed and with a hint', () => {
    const configuration = configure({
      ...input,
      values: {
        accessKeyId: ` ${values.accessKeyId}\n`,
        secretAccessKey: `\t${values.secretAccessKey} `,
        region: ' EU-central-1 ',
        registryId: '4182-7390-5562',
        sessionToken: 'left over from an earlier key'.replaceAll(' ', ''),
        unknown: 'dropped',
      },
    });

    expect({ ...configuration, secrets: revealed(configuration.secrets) }).toEqual({
      variantId: 'private',
      credentialKindId: 'access-key',
      settings: { accessKeyId: values.accessKeyId, region: 'eu-central-1', registryId: '418273905562' },
      secrets: { secretAccessKey: values.secretAccessKey },
      hint: 'AKIA…3K in eu-central-1',
    });
  });

  test('that is temporary comes with its session token', () => {
    const temporary = { ...values, accessKeyId: 'ASIAWTN4Q7ZEXAMPLE3K', sessionToken: 'FwoGZXIvYXdzEXAMPLE==' };

    expect(revealed(configure({ ...input, values: temporary }).secrets)).toEqual({
      secretAccessKey: values.secretAccessKey,
      sessionToken: 'FwoGZXIvYXdzEXAMPLE==',
    });
    expect(issues({ ...input, values: { ...temporary, sessionToken: '' } })).toEqual([
      { field: 'sessionToken', message: 'Enter the AWS session token that came with this temporary key.' },
    ]);
  });

  test('an empty form names every required field, each once', () => {
    expect(issues({ ...input, values: {} })).toEqual([
      { field: 'accessKeyId', message: 'Enter the AWS access key ID.' },
      { field: 'secretAccessKey', message: 'Enter the AWS secret access key.' },
      { field: 'region', message: 'Choose an AWS region.' },
    ]);
  });

  test('what is stored is accepted again', () => {
    const first = configure({ ...input, values: { ...values, registryId: '418273905562' } });
    const again = configure({ ...input, values: { ...first.settings, ...revealed(first.secrets) } });

    expect({ ...again, secrets: revealed(again.secrets) }).toEqual({ ...first, secrets: revealed(first.secrets) });
  });
});

describe('temporary keys', () => {
  const temporary = { ...values, accessKeyId: 'ASIAWTN4Q7ZEXAMPLE3K', sessionToken: 'FwoGZXIvYXdzEXAMPLE==' };

  test('may say when they end, in any zone', () => {
    const configuration = configure({ ...input, values: { ...temporary, sessionExpiresAt: '2026-11-23T20:00:00+02:00' } });

    expect([configuration.settings['sessionExpiresAt'], configuration.expiresAt]).toEqual(['2026-11-23T18:00:00.000Z', new Date('2026-11-23T18:00:00Z')]);
    expect(configure({ ...input, values: { ...values, sessionExpiresAt: '2026-11-23T18:00:00Z' } }).expiresAt).toBeUndefined();
  });

  test('are refused with a moment that is none', () => {
    expect(issues({ ...input, values: { ...temporary, sessionExpiresAt: 'tomorrow' } })).toEqual([
      { field: 'sessionExpiresAt', message: 'A moment is written like 2026-11-23T18:00:00Z.' },
    ]);
  });
});

describe('several registries', () => {
  test('are every account in every region', () => {
    const configuration = configure({ ...input, values: { ...values, moreRegions: ' us-east-1,EU-central-1\neu-west-3 ', registryId: '4182-7390-5562 111122223333' } });

    expect([configuration.settings, configuration.hint]).toEqual([
      { accessKeyId: values.accessKeyId, region: 'eu-central-1', moreRegions: 'us-east-1, eu-west-3', registryId: '418273905562, 111122223333' },
      'AKIA…3K in eu-central-1 and 2 more regions',
    ]);
    expect(readPrivateConfiguration(configuration)?.registries).toEqual(
      ['eu-central-1', 'us-east-1', 'eu-west-3'].flatMap((region) => ['418273905562', '111122223333'].map((accountId) => ({ region, accountId }))),
    );
  });

  test.each([
    ['regions of two partitions', { moreRegions: 'cn-north-1' }, 'moreRegions', 'These regions are not of one AWS partition, and credentials of one are not known in another. Make a connection for each.'],
    ['host names that AWS does not have there', { region: 'cn-north-1', hostNames: 'fips' }, 'hostNames', 'AWS has no such host names for cn-north-1.'],
    ['one endpoint for two regions', { moreRegions: 'us-east-1', apiEndpoint: 'https://vpce-1.vpce.amazonaws.com' }, 'apiEndpoint', 'An endpoint serves one region. Leave out the other regions, or the endpoint.'],
    ['an endpoint and other host names', { hostNames: 'fips', stsEndpoint: 'https://vpce-1.vpce.amazonaws.com' }, 'hostNames', 'With an endpoint of your own the host names are standard.'],
    ['more than twenty', { registryId: Array.from({ length: 21 }, (_, index) => 100000000000 + index).join() }, 'moreRegions', 'A connection covers at most 20 registries. Make several connections.'],
  ])('%s are refused', (_, wrong, field, message) => {
    expect(issues({ ...input, values: { ...values, ...wrong } })).toEqual([{ field, message }]);
  });
});

describe('a role', () => {
  const role: ConfigurationInput = {
    variantId: 'private',
    credentialKindId: 'role',
    values: {
      roleArn: 'arn:aws:iam::111122223333:role/team/esscm, arn:aws:iam::444455556666:role/esscm',
      externalId: 'esscm-0123456789abcdef',
      assumedBy: 'machine',
      region: 'eu-central-1',
      // Left over from a key that was typed before the machine was chosen.
      secretAccessKey: values.secretAccessKey,
      accessKeyId: values.accessKeyId,
    },
  };

  test('in each account opens the registries of that account', () => {
    const configuration = configure({ ...role, values: { ...role.values, moreRegions: 'us-east-1' } });

    expect({ ...configuration, secrets: revealed(configuration.secrets) }).toEqual({
      variantId: 'private',
      credentialKindId: 'role',
      settings: {
        roleArn: 'arn:aws:iam::111122223333:role/team/esscm, arn:aws:iam::444455556666:role/esscm',
        externalId: 'esscm-0123456789abcdef',
        assumedBy: 'machine',
        region: 'eu-central-1',
        moreRegions: 'us-east-1',
      },
      secrets: {},
      hint: 'esscm@111122223333 and 1 more role in eu-central-1 and 1 more region',
    });
    expect(readPrivateConfiguration(configuration)?.registries.map(({ region, accountId }) => `${accountId} ${region}`)).toEqual([
      '111122223333 eu-central-1',
      '444455556666 eu-central-1',
      '111122223333 us-east-1',
      '444455556666 us-east-1',
    ]);
  });

  test('an empty form names what it misses', () => {
    expect(issues({ ...role, values: {} }).map(({ field }) => field)).toEqual(['roleArn', 'externalId', 'assumedBy', 'region']);
  });

  test('of another partition is refused', () => {
    expect(issues({ ...role, values: { ...role.values, roleArn: 'arn:aws-cn:iam::111122223333:role/esscm' } })).toEqual([
      { field: 'roleArn', message: 'Roles for eu-central-1 begin with arn:aws:. Credentials of one AWS partition are not known in another.' },
    ]);
  });
});

describe('the variants', () => {
  test('public needs nothing', () => {
    expect(configure({ variantId: 'public', values: {} })).toEqual({
      variantId: 'public',
      settings: {},
      secrets: {},
      hint: 'Anonymous',
    });
  });

  test.each([
    [{ variantId: 'public', credentialKindId: 'access-key', values }, 'Public images are read without credentials.'],
    [{ variantId: 'private', values }, 'Choose how to sign in.'],
    [{ variantId: 'private', credentialKindId: 'password', values }, 'Choose how to sign in.'],
    [{ variantId: 'other', values }, 'Amazon ECR has a public and a private variant.'],
  ] as const)('%j is refused as a whole', (wrong, message) => {
    expect(issues(wrong)).toEqual([{ field: '', message }]);
  });
});

function issues(wrong: ConfigurationInput): InvalidConfigurationError['issues'] {
  try {
    configure(wrong);
  } catch (error) {
    if (error instanceof InvalidConfigurationError) return error.issues;
    throw error;
  }
  throw new Error('The configuration was accepted.');
}

function revealed(secrets: Readonly<Record<string, { reveal(): string }>>): Record<string, string> {
  return Object.fromEntries(Object.entries(secrets).map(([name, secret]) => [name, secret.reveal()]));
}

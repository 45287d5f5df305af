import { InvalidConfigurationError } from '@esscm/registry-core';
import type { ConfigurationInput } from '@esscm/registry-core';
import { describe, expect, test } from 'vitest';
import { configure } from './configure.js';

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
    [{ variantId: 'private', credentialKindId: 'role', values }, 'Choose how to sign in.'],
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

import { Secret } from '@esscm/registry-core';
import type { CredentialKind } from '@esscm/registry-core';
import { z } from 'zod';
import { isRegion } from '../partitions.js';
import { readOnlyPolicy } from '../policy.js';
import { regionChoices } from '../regions.js';
import { maskAccessKeyId } from './mask-access-key-id.js';
import type { EcrCredentialKind } from './private-configuration.js';

const form: CredentialKind = {
  id: 'access-key',
  name: 'Access keys',
  summary: 'An IAM user with read-only access. Quickest to set up.',
  fields: [
    {
      name: 'accessKeyId',
      label: 'AWS access key ID',
      type: 'text',
      required: true,
      placeholder: 'AKIA…',
    },
    {
      name: 'secretAccessKey',
      label: 'AWS secret access key',
      type: 'secret',
      required: true,
      description: 'Encrypted before it is stored. Never shown again.',
    },
    {
      name: 'sessionToken',
      label: 'AWS session token',
      type: 'secret',
      required: true,
      description: 'Temporary keys, which begin with ASIA, come with one.',
      shownWhen: { field: 'accessKeyId', startsWith: 'ASIA' },
    },
    {
      name: 'region',
      label: 'AWS region',
      type: 'choice',
      required: true,
      placeholder: 'us-east-1',
      choices: regionChoices,
      allowOther: true,
    },
    {
      name: 'registryId',
      label: 'Registry account ID',
      type: 'text',
      required: false,
      description: 'Only for repositories owned by another account.',
      placeholder: '12 digits',
    },
  ],
  guide: {
    title: 'Create a read-only IAM user for this',
    steps: [
      'In the AWS console open IAM, then Users, and create a user such as esscm-ecr-read.',
      'Attach the managed policy AmazonEC2ContainerRegistryReadOnly, or the smaller policy shown here.',
      'Create an access key for it and paste both parts above.',
    ],
    snippetTitle: 'Minimum policy',
    snippet: readOnlyPolicy,
  },
};

const trimmed = z.string().trim();

/** Rules of the fields. No message repeats what was typed, so none can repeat a secret. */
const valuesSchema = z
  .object({
    accessKeyId: trimmed
      .default('')
      .refine((text) => text !== '', { message: 'Enter the AWS access key ID.', abort: true })
      .refine((text) => /^[A-Z0-9]{16,128}$/.test(text), {
        message: 'An AWS access key ID is 16 or more capital letters and digits, such as AKIA….',
      }),
    secretAccessKey: trimmed
      .default('')
      .refine((text) => text !== '', { message: 'Enter the AWS secret access key.', abort: true })
      .refine((text) => /^[\u0021-\u007e]{16,256}$/.test(text), {
        message: 'An AWS secret access key has about 40 characters and no blanks. Copy it whole.',
      }),
    sessionToken: trimmed.default('').refine((text) => /^[\u0021-\u007e]{0,8192}$/.test(text), {
      message: 'An AWS session token holds no blanks or line breaks. Copy it whole.',
    }),
    region: trimmed
      .toLowerCase()
      .default('')
      .refine((text) => text !== '', { message: 'Choose an AWS region.', abort: true })
      .refine(isRegion, { message: 'An AWS region is written like us-east-1.' }),
    registryId: trimmed
      .transform((text) => text.replaceAll('-', ''))
      .default('')
      .refine((text) => /^(?:[0-9]{12})?$/.test(text), { message: 'A registry account ID has 12 digits.' }),
  })
  .refine((values) => !isTemporary(values.accessKeyId) || values.sessionToken !== '', {
    path: ['sessionToken'],
    message: 'Enter the AWS session token that came with this temporary key.',
    when: () => true,
  });

/** An IAM user's access key, or temporary credentials (`ASIA…`) with their session token. */
export const accessKeyKind: EcrCredentialKind = {
  form,
  check(values) {
    const checked = valuesSchema.safeParse(values);
    if (!checked.success) return { error: checked.error };
    const { accessKeyId, secretAccessKey, sessionToken, region, registryId } = checked.data;
    return {
      configuration: {
        variantId: 'private',
        credentialKindId: form.id,
        settings: { accessKeyId, region, ...(registryId !== '' && { registryId }) },
        secrets: {
          secretAccessKey: new Secret(secretAccessKey),
          // The field is hidden for long-lived keys: a token left over from an earlier key is not the user's intent.
          ...(isTemporary(accessKeyId) && { sessionToken: new Secret(sessionToken) }),
        },
        hint: `${maskAccessKeyId(accessKeyId)} in ${region}`,
      },
    };
  },
  read({ settings, secrets }) {
    const { accessKeyId, region, registryId } = settings;
    const { secretAccessKey, sessionToken } = secrets;
    if (accessKeyId === undefined || region === undefined || secretAccessKey === undefined) return undefined;
    return {
      region,
      ...(registryId !== undefined && { registryId }),
      credentials: {
        kind: 'access-key',
        accessKeyId,
        secretAccessKey,
        ...(sessionToken !== undefined && { sessionToken }),
      },
    };
  },
};

function isTemporary(accessKeyId: string): boolean {
  return accessKeyId.startsWith('ASIA');
}

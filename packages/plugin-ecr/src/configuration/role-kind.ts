import type { CredentialKind, FieldIssue, FormField } from '@esscm/registry-core';
import { z } from 'zod';
import { partitionOf } from '../partitions.js';
import { accessKeyFields, accessKeyShape, missingOfKey, readKey, storedKey } from './access-key-fields.js';
import { checkFields } from './check-fields.js';
import { machineIdentitySetting } from './machine-kind.js';
import { placeFields, placeInWords, placeIssue, placeSettings, placeShape, regionField, storedPlace } from './place-fields.js';
import type { Place } from './place-fields.js';
import type { EcrCredentialKind, RoleCredentials } from './private-configuration.js';
import { isRoleArn, partitionOfArn, placesOfRoles } from './registry-places.js';
import { entriesOf, trimmedText } from './trimmed-text.js';

/** A user types the key that assumes the role, or the machine's identity does it. */
const withKeys = 'access-key';
const withMachine = 'machine';

const form: CredentialKind = {
  id: 'role',
  name: 'Assume a role',
  summary: 'Best for teams and several accounts. AWS issues short-lived access.',
  fields: [
    {
      name: 'roleArn',
      label: 'Role to assume',
      type: 'text',
      required: true,
      description: 'One for each account, separated by commas.',
      placeholder: 'arn:aws:iam::123456789012:role/esscm-ecr-read',
    },
    {
      name: 'externalId',
      label: 'External ID',
      type: 'generated',
      required: true,
      description: 'Made for this connection. The trust policy of the role has to ask for it.',
    },
    {
      name: 'assumedBy',
      label: 'Assumed by',
      type: 'choice',
      required: true,
      choices: [
        { value: withMachine, label: "This machine's identity", requiresOperatorSetting: machineIdentitySetting },
        { value: withKeys, label: 'An access key' },
      ],
    },
    ...accessKeyFields.map((field): FormField => ('shownWhen' in field ? field : { ...field, shownWhen: { field: 'assumedBy', startsWith: withKeys } })),
    regionField,
    ...placeFields,
  ],
};

const valuesSchema = z.object({
  roleArn: trimmedText.transform(entriesOf).refine((arns) => arns.every(isRoleArn), {
    message: 'A role is written like arn:aws:iam::123456789012:role/name.',
  }),
  externalId: trimmedText.refine((text) => /^(?:[A-Za-z0-9-]{16,128})?$/.test(text), { message: 'This is not an external ID of ours. Load the form again.' }),
  assumedBy: z.preprocess((value) => (value === withMachine ? withMachine : withKeys), z.enum([withMachine, withKeys])),
  ...accessKeyShape,
  ...placeShape,
});

/** A role, or one in each of several accounts, with an external ID that this product makes. */
export const roleKind: EcrCredentialKind = {
  form,
  check(values) {
    const checked = checkFields(valuesSchema, values, missingOf(values));
    if ('issues' in checked) return checked;
    const { data } = checked;
    const between = placeIssue(data, data.roleArn.length) ?? partitionIssue(data, data.roleArn);
    if (between !== undefined) return { issues: [between] };
    const key = data.assumedBy === withKeys ? storedKey(data) : { settings: {}, secrets: {} };
    return {
      configuration: {
        variantId: 'private',
        credentialKindId: form.id,
        settings: {
          roleArn: data.roleArn.join(', '),
          externalId: data.externalId,
          assumedBy: data.assumedBy,
          ...key.settings,
          ...placeSettings(data),
        },
        secrets: key.secrets,
        hint: `${rolesInWords(data.roleArn)} in ${placeInWords(data)}`,
        ...(key.expiresAt !== undefined && { expiresAt: key.expiresAt }),
      },
    };
  },
  read(configuration) {
    const { roleArn, externalId, assumedBy } = configuration.settings;
    const place = storedPlace(configuration.settings);
    const base: RoleCredentials['base'] | undefined = assumedBy === withMachine ? { kind: 'machine' } : readKey(configuration);
    if (place === undefined || base === undefined || roleArn === undefined || externalId === undefined) return undefined;
    const { regions, ...rest } = place;
    return { ...rest, credentials: { kind: 'role', base, externalId }, registries: placesOfRoles(regions, entriesOf(roleArn)) };
  },
};

function missingOf(values: Readonly<Record<string, string>>): readonly FieldIssue[] {
  const isMissing = ({ field }: FieldIssue): boolean => (values[field] ?? '').trim() === '';
  return [
    ...[
      { field: 'roleArn', message: 'Enter the ARN of the role.' },
      { field: 'externalId', message: 'The external ID is missing. Load the form again.' },
      { field: 'assumedBy', message: 'Choose who assumes the role.' },
    ].filter(isMissing),
    ...((values['assumedBy'] ?? '').trim() === withKeys ? missingOfKey(values) : []),
  ];
}

function partitionIssue(place: Place, roleArns: readonly string[]): FieldIssue | undefined {
  const { id } = partitionOf(place.region);
  return roleArns.every((arn) => partitionOfArn(arn) === id)
    ? undefined
    : { field: 'roleArn', message: `Roles for ${place.region} begin with arn:${id}:. Credentials of one AWS partition are not known in another.` };
}

function rolesInWords([first = '', ...more]: readonly string[]): string {
  const name = `${first.split('/').at(-1) ?? ''}@${first.split(':')[4] ?? ''}`;
  return more.length === 0 ? name : `${name} and ${more.length} more ${more.length === 1 ? 'role' : 'roles'}`;
}

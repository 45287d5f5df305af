import type { CredentialKind } from '@esscm/registry-core';
import { z } from 'zod';
import { readOnlyPolicy } from '../policy.js';
import { accessKeyFields, accessKeyShape, missingOfKey, readKey, storedKey } from './access-key-fields.js';
import { checkFields } from './check-fields.js';
import { maskAccessKeyId } from './mask-access-key-id.js';
import { placeFields, placeInWords, placeIssue, placeSettings, placeShape, regionField, registryIdField, registryIdRule, storedPlace } from './place-fields.js';
import type { EcrCredentialKind } from './private-configuration.js';
import { placesOf } from './registry-places.js';
import { entriesOf } from './trimmed-text.js';

const form: CredentialKind = {
  id: 'access-key',
  name: 'Access keys',
  summary: 'An IAM user with read-only access. Quickest to set up.',
  fields: [...accessKeyFields, regionField, registryIdField, ...placeFields],
  rotateAfterDays: 90,
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

const valuesSchema = z.object({ ...accessKeyShape, ...placeShape, registryId: registryIdRule });

/** An IAM user's access key, or temporary credentials (`ASIA…`) with their session token. */
export const accessKeyKind: EcrCredentialKind = {
  form,
  check(values) {
    const checked = checkFields(valuesSchema, values, missingOfKey(values));
    if ('issues' in checked) return checked;
    const { data } = checked;
    const between = placeIssue(data, Math.max(1, data.registryId.length));
    if (between !== undefined) return { issues: [between] };
    const { settings, secrets, expiresAt } = storedKey(data);
    return {
      configuration: {
        variantId: 'private',
        credentialKindId: form.id,
        settings: { ...settings, ...placeSettings(data), ...(data.registryId.length > 0 && { registryId: data.registryId.join(', ') }) },
        secrets,
        hint: `${maskAccessKeyId(data.accessKeyId)} in ${placeInWords(data)}`,
        ...(expiresAt !== undefined && { expiresAt }),
      },
    };
  },
  read(configuration) {
    const place = storedPlace(configuration.settings);
    const credentials = readKey(configuration);
    if (place === undefined || credentials === undefined) return undefined;
    const { regions, ...rest } = place;
    return { ...rest, credentials, registries: placesOf(regions, entriesOf(configuration.settings['registryId'] ?? '')) };
  },
};

import type { CredentialKind } from '@esscm/registry-core';
import { z } from 'zod';
import { readOnlyPolicy } from '../policy.js';
import { checkFields } from './check-fields.js';
import { placeFields, placeInWords, placeIssue, placeSettings, placeShape, regionField, registryIdField, registryIdRule, storedPlace } from './place-fields.js';
import type { EcrCredentialKind } from './private-configuration.js';
import { placesOf } from './registry-places.js';
import { entriesOf } from './trimmed-text.js';

/** The operator setting that lists where the machine's own identity may be taken from. */
export const machineIdentitySetting = 'ecr.machineIdentity';

const form: CredentialKind = {
  id: 'machine',
  name: "This machine's identity",
  summary: 'The instance, pod or container ESSCM runs in. Nothing is stored.',
  requiresOperatorSetting: machineIdentitySetting,
  fields: [regionField, registryIdField, ...placeFields],
  guide: {
    title: "Give the machine's role this policy",
    steps: [
      'Find the role of the instance, task or service account that ESSCM runs with.',
      'Attach the managed policy AmazonEC2ContainerRegistryReadOnly to it, or the smaller policy shown here.',
      'Every user of this server who may connect registries can use this identity.',
    ],
    snippetTitle: 'Minimum policy',
    snippet: readOnlyPolicy,
  },
};

const valuesSchema = z.object({ ...placeShape, registryId: registryIdRule });

/** The identity of the machine itself. Only for connections that name it: no other kind ever falls back to it. */
export const machineKind: EcrCredentialKind = {
  form,
  check(values) {
    const checked = checkFields(valuesSchema, values, []);
    if ('issues' in checked) return checked;
    const { data } = checked;
    const between = placeIssue(data, Math.max(1, data.registryId.length));
    if (between !== undefined) return { issues: [between] };
    return {
      configuration: {
        variantId: 'private',
        credentialKindId: form.id,
        settings: { ...placeSettings(data), ...(data.registryId.length > 0 && { registryId: data.registryId.join(', ') }) },
        secrets: {},
        hint: `This machine in ${placeInWords(data)}`,
      },
    };
  },
  read({ settings }) {
    const place = storedPlace(settings);
    if (place === undefined) return undefined;
    const { regions, ...rest } = place;
    return { ...rest, credentials: { kind: 'machine' }, registries: placesOf(regions, entriesOf(settings['registryId'] ?? '')) };
  },
};

import type { ConfigurationInput, CredentialGuide, PluginHost } from '@esscm/registry-core';
import { Secret } from '@esscm/registry-core';
import { readKey } from '../configuration/access-key-fields.js';
import { isRegion } from '../partitions.js';
import { createIdentity } from '../identity/create-identity.js';
import { StsApi } from '../identity/sts-api.js';
import { trustedPrincipal, trustPolicy } from '../identity/trust-policy.js';
import { operatorOrigin } from '../private/endpoints.js';
import { stsHost } from '../host-names.js';
import { readOnlyPolicy } from '../policy.js';

/** The operator setting that names the principal of the machine's identity, where its ARN cannot be made from its session. */
const principalSetting = 'ecr.principalArn';

const roleSteps = [
  'In the AWS account of the registry open IAM, then Roles, and create a role with a custom trust policy.',
  'Attach the managed policy AmazonEC2ContainerRegistryReadOnly to it.',
];

/**
 * How to make the role, with its trust policy ready to paste. The policy names who assumes the role, so there is none until that
 * is known: until a whole access key is typed, or the machine's identity is chosen.
 * @throws RegistryError when AWS does not say who the identity is
 */
export async function roleGuide(input: ConfigurationInput, host: PluginHost, signal: AbortSignal): Promise<CredentialGuide> {
  const title = 'Create a role for this';
  const { values } = input;
  const externalId = (values['externalId'] ?? '').trim();
  const principal = externalId === '' ? undefined : await findPrincipal(values, host, signal);
  if (principal === undefined) {
    return { title, steps: ['Enter the access key that will assume the role, and its region. The trust policy is made from it.', ...roleSteps], snippetTitle: 'Policy of the role', snippet: readOnlyPolicy };
  }
  return {
    title,
    steps: [...roleSteps, 'Paste the trust policy shown here. Only ESSCM can then assume the role, and only for this connection.', 'Enter the ARN of the role above. A role in each account makes one connection for several accounts.'],
    snippetTitle: 'Trust policy',
    snippet: trustPolicy(principal, externalId),
  };
}

async function findPrincipal(values: ConfigurationInput['values'], host: PluginHost, signal: AbortSignal): Promise<string | undefined> {
  const isMachine = values['assumedBy'] === 'machine';
  const named = host.operatorSettings[principalSetting];
  if (isMachine && named !== undefined && named !== '') return named;
  const typed = (values['region'] ?? '').trim().toLowerCase();
  const region = isRegion(typed) ? typed : 'us-east-1';
  const endpoint = operatorOrigin(host.operatorSettings, 'ecr.stsEndpoint') ?? `https://${stsHost(region, 'standard')}`;
  const sts = new StsApi(region, endpoint);
  const credentials = isMachine ? ({ kind: 'machine' } as const) : typedKey(values);
  if (credentials === undefined) return undefined;
  const { principal } = await sts.getCallerIdentity(createIdentity(credentials, host, sts), signal);
  return principal === undefined ? undefined : trustedPrincipal(principal);
}

function typedKey(values: ConfigurationInput['values']) {
  const { accessKeyId = '', secretAccessKey = '', sessionToken = '' } = values;
  if (!/^[A-Z0-9]{16,128}$/.test(accessKeyId.trim()) || secretAccessKey.trim() === '') return undefined;
  return readKey({
    variantId: 'private',
    settings: { accessKeyId: accessKeyId.trim() },
    secrets: {
      secretAccessKey: new Secret(secretAccessKey.trim()),
      ...(sessionToken.trim() !== '' && { sessionToken: new Secret(sessionToken.trim()) }),
    },
    hint: '',
  });
}

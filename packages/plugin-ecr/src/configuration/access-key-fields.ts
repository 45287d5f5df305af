import { Secret } from '@esscm/registry-core';
import type { FieldIssue, FormField, RegistryConfiguration } from '@esscm/registry-core';
import type { AccessKeyCredentials } from './private-configuration.js';
import { trimmedText } from './trimmed-text.js';

/** The fields of an access key, of which the session token is asked for when the key is a temporary one. */
export const accessKeyFields = [
  { name: 'accessKeyId', label: 'AWS access key ID', type: 'text', required: true, placeholder: 'AKIA…' },
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
    name: 'sessionExpiresAt',
    label: 'Session ends at',
    type: 'text',
    required: false,
    description: 'As AWS told it with the keys, so that you are warned before.',
    placeholder: '2026-11-23T18:00:00Z',
    shownWhen: { field: 'accessKeyId', startsWith: 'ASIA' },
  },
] as const satisfies readonly FormField[];

const keyId = trimmedText.refine((text) => /^(?:[A-Z0-9]{16,128})?$/.test(text), {
  message: 'An AWS access key ID is 16 or more capital letters and digits, such as AKIA….',
});
const secret = trimmedText.refine((text) => text === '' || /^[\u0021-\u007e]{16,256}$/.test(text), {
  message: 'An AWS secret access key has about 40 characters and no blanks. Copy it whole.',
});

/** Rules of {@link accessKeyFields}. No message repeats what was typed, so none can repeat a secret. */
export const accessKeyShape = {
  accessKeyId: keyId,
  secretAccessKey: secret,
  sessionToken: trimmedText.refine((text) => /^[\u0021-\u007e]{0,8192}$/.test(text), {
    message: 'An AWS session token holds no blanks or line breaks. Copy it whole.',
  }),
  sessionExpiresAt: trimmedText.refine((text) => text === '' || isMoment(text), {
    message: 'A moment is written like 2026-11-23T18:00:00Z.',
  }),
};

interface TypedKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly sessionExpiresAt: string;
}

/** What is missing of an access key, field by field. */
export function missingOfKey(values: Readonly<Record<string, string>>): readonly FieldIssue[] {
  const isMissing = (field: string): boolean => (values[field] ?? '').trim() === '';
  const needed = [
    { field: 'accessKeyId', message: 'Enter the AWS access key ID.' },
    { field: 'secretAccessKey', message: 'Enter the AWS secret access key.' },
    ...(isTemporary((values['accessKeyId'] ?? '').trim())
      ? [{ field: 'sessionToken', message: 'Enter the AWS session token that came with this temporary key.' }]
      : []),
  ];
  return needed.filter(({ field }) => isMissing(field));
}

/** The parts of a key as they are stored. */
export function storedKey(key: TypedKey): Pick<RegistryConfiguration, 'settings' | 'secrets' | 'expiresAt'> {
  // The fields are hidden for long-lived keys: what is left over from an earlier key is not the user's intent.
  const temporary = isTemporary(key.accessKeyId);
  const ends = temporary && key.sessionExpiresAt !== '' ? new Date(key.sessionExpiresAt) : undefined;
  return {
    settings: { accessKeyId: key.accessKeyId, ...(ends !== undefined && { sessionExpiresAt: ends.toISOString() }) },
    secrets: {
      secretAccessKey: new Secret(key.secretAccessKey),
      ...(temporary && { sessionToken: new Secret(key.sessionToken) }),
    },
    ...(ends !== undefined && { expiresAt: ends }),
  };
}

/** The way back from {@link storedKey}; undefined when a part is missing. */
export function readKey({ settings, secrets }: RegistryConfiguration): AccessKeyCredentials | undefined {
  const { accessKeyId } = settings;
  const { secretAccessKey, sessionToken } = secrets;
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined;
  return { kind: 'access-key', accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) };
}

function isTemporary(accessKeyId: string): boolean {
  return accessKeyId.startsWith('ASIA');
}

function isMoment(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text));
}

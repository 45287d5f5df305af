import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { InvalidConfigurationError, InvalidReferenceError, RegistryError } from '../errors.js';
import type { ConfigurationInput } from '../plugin.js';
import { patiently, pullOptions, variantOf } from './contract-check.js';
import type { ContractCheck } from './contract-check.js';
import type { ContractSubject } from './contract-subject.js';

/** Checks that need no connection. */
export const configurationChecks: readonly ContractCheck[] = [
  {
    name: 'refuses a bad configuration, naming the field and never the secret',
    run: async (subject) => {
      const kind = variantOf(subject).credentialKinds.find(({ id }) => id === subject.input.credentialKindId);
      const emptied = (kind?.fields ?? [])
        .filter((field) => field.required && field.shownWhen === undefined)
        .map((field) => ({ field: field.name, value: ' ' }));
      for (const { field, value } of [...emptied, ...subject.refusedValues]) {
        const error = refusal(subject, { ...subject.input, values: { ...subject.input.values, [field]: value } });
        assert.deepEqual([...new Set(error.issues.map((issue) => issue.field))], [field]);
        const isSecret = kind?.fields.some(({ name, type }) => name === field && type === 'secret') ?? false;
        assertShowsNone(error, isSecret ? [...subject.secrets, value.trim()] : subject.secrets);
      }
      refusal(subject, { ...subject.input, variantId: 'no-such-variant' });
      refusal(subject, { ...subject.input, credentialKindId: 'no-such-kind' });
    },
  },
  {
    name: 'keeps where the registry is among its settings',
    run: async (subject) => {
      for (const { fields } of variantOf(subject).credentialKinds) {
        const hidden = fields.filter(({ place, type, shownWhen }) => place === true && (type === 'secret' || type === 'generated' || shownWhen !== undefined));
        assert.deepEqual(hidden.map(({ name }) => name), [], 'a place is typed, always shown and no secret');
      }
      const places = (variantOf(subject).credentialKinds.find(({ id }) => id === subject.input.credentialKindId)?.fields ?? []).filter(({ place }) => place === true).map(({ name }) => name);
      const { settings } = subject.plugin.configure(subject.input);
      const typed = places.filter((name) => (subject.input.values[name] ?? '').trim() !== '');
      assert.deepEqual(typed.filter((name) => settings[name] === undefined), [], 'a place that was typed is among the settings');
      const again = subject.plugin.configure({ ...subject.input, values: { ...subject.input.values, ...settings } });
      assert.deepEqual(placesOf(again.settings), placesOf(settings));

      function placesOf(of: Readonly<Record<string, string>>): readonly (string | undefined)[] {
        return places.map((name) => of[name]);
      }
    },
  },
  {
    name: 'keeps back what the operator does not allow',
    run: async (subject) => {
      const host = { ...subject.host, operatorSettings: {} };
      for (const kind of variantOf(subject).credentialKinds.filter(({ requiresOperatorSetting }) => requiresOperatorSetting !== undefined)) {
        const input = subject.operatorOnly?.find(({ credentialKindId }) => credentialKindId === kind.id);
        assert.ok(input, `the subject has an input of the kind '${kind.id}'`);
        const configuration = subject.plugin.configure(input);
        await assert.rejects(async () => {
          await using connection = subject.plugin.connect(configuration, host);
          await connection.pullAccess(subject.pullable.repository, pullOptions(subject));
        }, (error) => error instanceof RegistryError && error.kind === 'unsupported');
      }
    },
  },
  {
    name: 'shows no secret in its guide',
    run: async (subject) => {
      const guide = await subject.plugin.guide?.(subject.input, subject.host, patiently());
      assertShowsNone(guide, subject.secrets);
    },
  },
  {
    name: 'reads the reference it shows as a placeholder, and refuses nonsense',
    run: async (subject) => {
      const { id, referencePlaceholder } = variantOf(subject);
      const reference = subject.plugin.parseReference(id, ` ${referencePlaceholder} `);
      assert.equal(reference.text, referencePlaceholder);
      for (const nonsense of ['', 'not a reference', `${reference.host}/`]) {
        assert.throws(() => subject.plugin.parseReference(id, nonsense), InvalidReferenceError);
      }
    },
  },
];

function refusal(subject: ContractSubject, input: ConfigurationInput): InvalidConfigurationError {
  try {
    subject.plugin.configure(input);
  } catch (error) {
    assert.ok(error instanceof InvalidConfigurationError, 'the refusal is an InvalidConfigurationError');
    assert.notEqual(error.issues.length, 0);
    return error;
  }
  return assert.fail('the configuration was accepted');
}

/** Fails when any of the texts can be read in a value, as a log or an answer would write it. */
export function assertShowsNone(value: unknown, secrets: readonly string[]): void {
  const shown = `${inspect(value, { depth: 12 })}\n${JSON.stringify(value)}\n${String(value)}`;
  for (const secret of secrets.filter((text) => text !== '')) {
    assert.ok(!shown.includes(secret), 'a secret can be read');
  }
}

import { randomBytes } from 'node:crypto';
import { type CredentialKind, InvalidConfigurationError, isOffered, offeredForm, type PluginHost, type RegistryConfiguration, type RegistryPlugin } from '@esscm/registry-core';
import type { PlainSecrets } from '@esscm/store';
import type { FieldIssue } from '../../graphql/problem.type.js';
import type { FieldValueInput } from './verify.input.js';

/** A credential as it was entered, with what is kept of an earlier one of the same kind. */
export interface EnteredCredential {
  readonly plugin: RegistryPlugin;
  readonly variantId: string;
  readonly credentialKindId: string;
  readonly entered: readonly FieldValueInput[];
  readonly kept: { readonly settings: Readonly<Record<string, string>>; readonly secrets: PlainSecrets } | undefined;
  readonly host: PluginHost;
}

const maximumValues = 50;
const maximumValueLength = 16_384;

/**
 * All values of the form: those entered, kept secrets, and what this server makes itself. What the operator does not allow is
 * left out, and what a user sends for a generated value is not taken.
 */
export function formValues({ plugin, variantId, credentialKindId, entered, kept, host }: EnteredCredential): Readonly<Record<string, string>> {
  const kind = kindOf(plugin, variantId, credentialKindId);
  const offered = kind === undefined ? [] : offeredForm(kind, host.operatorSettings).fields;
  const isTyped = (name: string) => offered.some((field) => field.name === name && field.type !== 'generated');
  const typed = entered.filter(({ name, value }) => value !== '' && isTyped(name)).map(({ name, value }) => [name, value] as const);
  return { ...kept?.secrets, ...Object.fromEntries(typed), ...generatedValues(kind, kept?.settings) };
}

/** The values this server makes for a connection: the earlier ones, or new ones that nobody can guess. */
export function generatedValues(kind: CredentialKind | undefined, earlier: Readonly<Record<string, string>> | undefined): Readonly<Record<string, string>> {
  const names = (kind?.fields ?? []).filter(({ type }) => type === 'generated').map(({ name }) => name);
  return Object.fromEntries(names.map((name) => [name, earlier?.[name] ?? `esscm-${randomBytes(16).toString('hex')}`]));
}

/** The plugin's configuration for a credential, or what is wrong with it field by field. */
export function configureCredential(credential: EnteredCredential): RegistryConfiguration | readonly FieldIssue[] {
  const { plugin, variantId, credentialKindId, host } = credential;
  const kind = kindOf(plugin, variantId, credentialKindId);
  if (kind !== undefined && !isOffered(kind, host.operatorSettings)) {
    return [{ field: '', message: 'The operator of this server does not allow this kind of credential.' }];
  }
  const issue = sizeIssue(credential.entered);
  if (issue !== undefined) return [issue];
  try {
    return plugin.configure({ variantId, credentialKindId, values: formValues(credential) });
  } catch (error) {
    if (error instanceof InvalidConfigurationError) return error.issues;
    throw error;
  }
}

export function kindOf(plugin: RegistryPlugin, variantId: string, credentialKindId: string): CredentialKind | undefined {
  return plugin.description.variants.find(({ id }) => id === variantId)?.credentialKinds.find(({ id }) => id === credentialKindId);
}

/** Forms are small; what is not is no form of ours. */
export function sizeIssue(values: readonly FieldValueInput[]): FieldIssue | undefined {
  if (values.length > maximumValues) return { field: '', message: `A form has at most ${maximumValues} values.` };
  const long = values.find(({ name, value }) => name.length > 100 || value.length > maximumValueLength);
  return long === undefined ? undefined : { field: long.name.slice(0, 100), message: 'This value is too long.' };
}

import {
  type CredentialKind as KindDescription,
  type FormField as FieldDescription,
  isOffered,
  offeredForm,
  type PluginDescription,
  type PluginHost,
  type PluginRegistry,
  type VariantDescription,
} from '@esscm/registry-core';
import type { CredentialKind } from './credential-form.type.js';
import type { Plugin, PluginVariant } from './plugin.type.js';

type OperatorSettings = PluginHost['operatorSettings'];

/** A plugin's description as the API shows it; with the operator's settings, what they do not allow is left out or marked. */
export function pluginView(description: PluginDescription, settings?: OperatorSettings): Plugin {
  return { ...description, variants: description.variants.map((variant) => variantView(variant, settings)) };
}

function variantView(variant: VariantDescription, settings?: OperatorSettings): PluginVariant {
  return {
    ...variant,
    capabilities: { ...variant.capabilities, tagNames: variant.capabilities.tagNames ?? false },
    credentialKinds: variant.credentialKinds.map((kind) => kindView(kind, settings)),
  };
}

function kindView(kind: KindDescription, settings: OperatorSettings | undefined): CredentialKind {
  const form = settings === undefined ? kind : offeredForm(kind, settings);
  return { ...form, fields: form.fields.map(fieldView), available: settings === undefined || isOffered(kind, settings) };
}

function fieldView(field: FieldDescription): CredentialKind['fields'][number] {
  return { ...field, allowOther: field.allowOther ?? false, place: field.place ?? false };
}

/** What a stored row names of a plugin. */
export interface PluginUse {
  readonly pluginId: string;
  readonly variantId: string;
  readonly credentialKindId?: string;
}

/** The plugin, variant and credential kind a stored row names. A plugin that was removed since is still named, with nothing it can do. */
export function pluginOf(plugins: Pick<PluginRegistry, 'get'>, use: PluginUse) {
  // Of stored rows all fields are shown, whatever the operator allows now.
  const plugin = pluginView(plugins.get(use.pluginId)?.description ?? missingPlugin(use));
  const variant = plugin.variants.find((candidate) => candidate.id === use.variantId) ?? variantView(missingVariant(use.variantId));
  const credentialKind = variant.credentialKinds.find((kind) => kind.id === use.credentialKindId);
  return { plugin, variant, credentialKind };
}

/** Settings of a stored row with the labels of the form they were entered in. */
export function settingsOf(credentialKind: CredentialKind | undefined, settings: Readonly<Record<string, string>>) {
  const labels = new Map(credentialKind?.fields.map((field) => [field.name, field.label]));
  return Object.entries(settings).map(([name, value]) => ({ name, label: labels.get(name) ?? name, value }));
}

function missingPlugin(use: PluginUse): PluginDescription {
  return {
    id: use.pluginId,
    name: use.pluginId,
    summary: 'This plugin is not installed.',
    icon: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M4 4h16v16H4z" fill="none" stroke="currentColor"/></svg>',
    variants: [missingVariant(use.variantId)],
    documentation: [],
  };
}

function missingVariant(id: string): VariantDescription {
  return {
    id,
    name: id,
    summary: 'This variant is not installed.',
    capabilities: { anonymous: false, listRepositories: false, listTags: false, imageMetadata: false, referrers: false, pushEvents: false },
    credentialKinds: [],
    referencePlaceholder: '',
    permissions: [],
  };
}

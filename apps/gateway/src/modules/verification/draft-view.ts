import type { PluginRegistry } from '@esscm/registry-core';
import type { ConnectionDraftRecord } from '@esscm/store';
import { pluginOf, settingsOf } from '../plugins/plugin-view.js';
import { reportView } from './verification-report-view.js';
import type { ConnectionDraft } from './verify.type.js';

/** A draft as the API shows it. */
export function draftView(plugins: Pick<PluginRegistry, 'get'>, draft: ConnectionDraftRecord): ConnectionDraft {
  const { plugin, variant, credentialKind } = pluginOf(plugins, draft);
  const { id, name, description, credentialKindId, credentialHint, credentialExpiresAt, expiresAt } = draft;
  return {
    id,
    name,
    description,
    plugin,
    variant,
    credentialKindId,
    credentialHint,
    credentialExpiresAt,
    expiresAt,
    settings: settingsOf(credentialKind, draft.settings),
    verification: reportView(draft.verification, variant),
  };
}

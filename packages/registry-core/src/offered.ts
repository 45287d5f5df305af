import type { CredentialKind, PermissionDescription, VariantDescription } from './plugin-description.js';

type OperatorSettings = Readonly<Record<string, string>>;

/** Whether the operator's settings let a kind, a field or a choice be used. */
export function isOffered(part: { readonly requiresOperatorSetting?: string }, settings: OperatorSettings): boolean {
  return part.requiresOperatorSetting === undefined || (settings[part.requiresOperatorSetting] ?? '') !== '';
}

/** A credential kind with the fields and choices that the operator's settings let be used. */
export function offeredForm(kind: CredentialKind, settings: OperatorSettings): CredentialKind {
  const fields = kind.fields.filter((field) => isOffered(field, settings));
  return {
    ...kind,
    fields: fields.map((field) =>
      field.choices === undefined ? field : { ...field, choices: field.choices.filter((choice) => isOffered(choice, settings)) },
    ),
  };
}

/** What a verification with a credential kind reports on, in order. */
export function permissionsOf(variant: Pick<VariantDescription, 'permissions'>, credentialKindId: string | undefined): readonly PermissionDescription[] {
  return variant.permissions.filter(
    ({ credentialKinds }) => credentialKinds === undefined || (credentialKindId !== undefined && credentialKinds.includes(credentialKindId)),
  );
}

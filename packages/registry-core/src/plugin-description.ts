/** All a page needs to draw a plugin's card and its connect wizard. Plain data: it crosses the API as it is. */
export interface PluginDescription {
  /** Stored with every connection, never reused: `ecr`. */
  readonly id: string;
  readonly name: string;
  /** One sentence for the card. */
  readonly summary: string;
  /** A complete `<svg>` of 24 × 24 with `currentColor`, drawn for this project. */
  readonly icon: string;
  readonly variants: readonly VariantDescription[];
  readonly documentation: readonly DocumentationLink[];
}

export interface VariantDescription {
  /** Unique in the plugin: `public`, `private`. */
  readonly id: string;
  readonly name: string;
  readonly summary: string;
  readonly capabilities: RegistryCapabilities;
  /** Empty for an anonymous variant: the wizard then asks for image references only. */
  readonly credentialKinds: readonly CredentialKind[];
  /** Shown in an empty reference field. */
  readonly referencePlaceholder: string;
  /** Everything `verify` reports on, in the order it is shown. */
  readonly permissions: readonly PermissionDescription[];
  /**
   * How the registry is made to send its events, for a variant that has them. `{endpoint}`, `{header}` and `{secret}` in the
   * snippet are filled in for the connection.
   */
  readonly eventGuide?: CredentialGuide;
}

/** What a variant can do; a capability that is false is never called. */
export interface RegistryCapabilities {
  readonly anonymous: boolean;
  readonly listRepositories: boolean;
  readonly listTags: boolean;
  /** Tags can be listed by name where images cannot. */
  readonly tagNames?: boolean;
  /** Size, push time, the last pull where there was one, and media type in the tag list. */
  readonly imageMetadata: boolean;
  readonly referrers: boolean;
  readonly pushEvents: boolean;
}

export interface CredentialKind {
  readonly id: string;
  readonly name: string;
  readonly summary: string;
  readonly fields: readonly FormField[];
  /** How the user gets such a credential, with text to copy. Where it depends on what is typed, `RegistryPlugin.guide` gives it. */
  readonly guide?: CredentialGuide;
  /** Offered only where the operator has set this setting: `ecr.machineIdentity`. */
  readonly requiresOperatorSetting?: string;
  /** Credentials of this kind are kept until someone changes them: users are warned when one is older. */
  readonly rotateAfterDays?: number;
}

export interface CredentialGuide {
  readonly title: string;
  readonly steps: readonly string[];
  readonly snippetTitle?: string;
  readonly snippet?: string;
}

export interface FormField {
  readonly name: string;
  readonly label: string;
  /**
   * `secret` values are sealed before they are stored and never leave the server again. `generated` values are made by the
   * server, once for each connection, and shown to be copied: what a user sends for one is not taken.
   */
  readonly type: 'text' | 'secret' | 'choice' | 'generated';
  readonly required: boolean;
  /** Under the label. */
  readonly description?: string;
  readonly placeholder?: string;
  /** For `choice`; free text outside the list is allowed when `allowOther` is set. */
  readonly choices?: readonly FormChoice[];
  readonly allowOther?: boolean;
  /** Shown only when another field's value starts with this text, as a session token for an `ASIA…` key. */
  readonly shownWhen?: { readonly field: string; readonly startsWith: string };
  /**
   * Says where the registry is: what a connection is about, so new credentials do not change it. Its value is in the settings of a
   * configuration under the field's name, as `configure` takes it.
   */
  readonly place?: boolean;
  /** Shown only where the operator has set this setting. */
  readonly requiresOperatorSetting?: string;
}

export interface FormChoice {
  readonly value: string;
  readonly label: string;
  /** Offered only where the operator has set this setting. */
  readonly requiresOperatorSetting?: string;
}

export interface PermissionDescription {
  /** `ecr:BatchGetImage` */
  readonly action: string;
  /** Completes "Needed to …": `Read manifests`. */
  readonly purpose: string;
  /** Without a required permission nothing can be scanned. */
  readonly required: boolean;
  /** Ids of the credential kinds it is tried with; all when absent. */
  readonly credentialKinds?: readonly string[];
}

export interface DocumentationLink {
  readonly title: string;
  readonly url: string;
}

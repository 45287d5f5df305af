import type { ConfigurationInput, PluginHost, PullAccess, RegistryPlugin } from '../plugin.js';

/** A way for a registry to fail, in the words of HTTP; the subject plays its vendor's form of it. */
export type ContractFault =
  | 'unauthorized'
  | 'denied'
  /** Of the repository asked for. */
  | 'not-found'
  | 'throttled'
  | 'server-error'
  | 'dropped-connection';

export interface ContractScenario {
  /** How many repositories the registry holds; more than two of the subject's pages, or none. */
  readonly repositories: number;
}

/** One variant of a plugin and a registry of its kind under the test's control. Made new for every check. */
export interface ContractSubject extends AsyncDisposable {
  readonly plugin: RegistryPlugin;
  readonly variantId: string;
  /** Accepted by the plugin, and good for the registry. */
  readonly input: ConfigurationInput;
  /** Values the plugin must refuse, each named by its field. Required fields left empty are tried without being listed. */
  readonly refusedValues: readonly { readonly field: string; readonly value: string }[];
  /** One input for each credential kind that `requiresOperatorSetting`; accepted by the plugin, whatever the registry says. */
  readonly operatorOnly?: readonly ConfigurationInput[];
  /** Texts that must never be shown, such as the secret in `input`. */
  readonly secrets: readonly string[];
  readonly host: PluginHost;
  /** Moves the clock of `host` and of the registry. */
  advanceClock(byMs: number): void;
  /** Names of all repositories of the registry. */
  readonly repositoryNames: readonly string[];
  /** Listing requests that reached the registry so far. */
  listRequests(): number;
  /** Credentials the registry handed out so far; always 0 where pulls need none. */
  credentialRequests(): number;
  /** Makes every further request fail. Absent where the plugin itself asks the registry nothing. */
  readonly fail?: (fault: ContractFault) => void;
  /** An image the registry serves. */
  readonly pullable: {
    readonly repository: string;
    readonly reference: string;
    readonly digest: string;
    /** Given for a variant whose references may name any registry. */
    readonly registryHost?: string;
  };
  /** Pulls a manifest's raw bytes as a registry client does with this access. */
  pullManifest(access: PullAccess, repository: string, reference: string): Promise<Uint8Array>;
}

import type { Correction, RegistryErrorKind } from '@esscm/registry-core';

/** What a failure means to the user. */
export interface FailureWords {
  readonly kind: RegistryErrorKind;
  readonly heading: string;
  readonly message: string;
  readonly remedy?: string;
  readonly remedySnippet?: string;
  readonly correction?: Correction;
}

import type { ImageSource, RegistryClient } from '@esscm/oci-client';

export interface OpenSourceOptions {
  readonly username?: string;
  readonly password?: string;
  /** Speak HTTP; only to this machine. */
  readonly plainHttp: boolean;
}

export interface OpenedSource {
  readonly source: ImageSource;
  /** How the image is called in the document. */
  readonly image: { readonly name: string; readonly tag?: string };
  /** Where it is pulled from, for what is attached to it; absent for local files. */
  readonly registry?: { readonly client: RegistryClient; readonly repository: string };
}

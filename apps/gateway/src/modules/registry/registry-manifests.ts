import { ManifestReader, type PluginHost } from '@esscm/registry-core';
import type { CallPaces } from './call-paces.js';
import type { RegistryAccess, RegistrySource } from './registry-access.js';

interface RegistryManifestsOptions {
  readonly access: RegistryAccess;
  readonly paces: CallPaces;
  readonly hostFor: (target: { readonly sample: boolean }) => PluginHost;
}

const maximumKept = 10_000;
const timeoutMs = 20_000;

/** What manifests say and listings do not. A digest always means the same, so each is asked for once. */
export class RegistryManifests {
  readonly #options: RegistryManifestsOptions;
  readonly #platforms = new Map<string, Promise<readonly string[]>>();

  constructor(options: RegistryManifestsOptions) {
    this.#options = options;
  }

  /** Platforms of an image, such as `linux/arm64`. @throws RegistryError, OciError */
  platforms(source: RegistrySource, repository: string, digest: string): Promise<readonly string[]> {
    const key = `${source.record.organizationId} ${digest}`;
    const asked = this.#platforms.get(key) ?? this.#read(source, repository, digest);
    this.#platforms.delete(key);
    this.#platforms.set(key, asked);
    // A failure is asked again.
    asked.catch(() => this.#platforms.delete(key));
    const [oldest] = this.#platforms.keys();
    if (this.#platforms.size > maximumKept && oldest !== undefined) this.#platforms.delete(oldest);
    return asked;
  }

  async #read(source: RegistrySource, repository: string, digest: string): Promise<readonly string[]> {
    const { access, paces, hostFor } = this.#options;
    const signal = AbortSignal.timeout(timeoutMs);
    const pace = paces.of(source.record.id);
    await pace.turn(signal);
    await using connection = await access.open(source);
    const { clock } = hostFor({ sample: source.kind === 'connection' && source.record.sample });
    return await new ManifestReader({ connection, clock, signal, onRequest: () => pace.made(1) }).platforms(repository, digest);
  }
}

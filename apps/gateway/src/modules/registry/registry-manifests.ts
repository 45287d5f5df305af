import { OciError } from '@esscm/oci-client';
import { ManifestReader, type PluginHost, type RegistryConnection, RegistryError } from '@esscm/registry-core';
import type { CallPaces } from './call-paces.js';
import type { RegistryAccess, RegistrySource } from './registry-access.js';

interface RegistryManifestsOptions {
  readonly access: RegistryAccess;
  readonly paces: CallPaces;
  readonly hostFor: (target: { readonly sample: boolean }) => PluginHost;
}

interface PlatformsRequest {
  readonly source: RegistrySource;
  readonly repository: string;
  readonly digests: readonly string[];
  /** Ends what has not begun; a read on its way is finished and kept. */
  readonly signal: AbortSignal;
}

/** Platforms of one digest, or why they are not known. */
export interface PlatformsRead {
  readonly digest: string;
  /** Such as `linux/arm64`, in the order of the index. */
  readonly platforms: readonly string[];
  readonly problem?: RegistryError;
}

const maximumKept = 10_000;
const timeoutMs = 20_000;
/** Few, so that a list that is asked for meanwhile has its turn soon: all share the pace of their source. */
const concurrency = 4;
/** Failures of one image. Any other would meet the next image, too. */
const ofOneImage: ReadonlySet<RegistryError['kind']> = new Set(['not-found', 'archived', 'unsupported', 'protocol']);

/** What manifests say and listings do not. A digest always means the same, so each is asked for once. */
export class RegistryManifests {
  readonly #options: RegistryManifestsOptions;
  readonly #platforms = new Map<string, Promise<readonly string[]>>();

  constructor(options: RegistryManifestsOptions) {
    this.#options = options;
  }

  /**
   * Platforms of images of one repository, in the order of the digests. When the registry refuses, as by its rate, images that
   * were not asked for yet are not asked for, and have the same problem.
   * @throws RegistryError when the connection cannot be opened
   */
  async platforms({ source, repository, digests, signal }: PlatformsRequest): Promise<readonly PlatformsRead[]> {
    await using connection = await this.#options.access.open(source);
    const found: PlatformsRead[] = [];
    const pending = digests.entries();
    let refusal: RegistryError | undefined;
    const worker = async (): Promise<void> => {
      for (const [index, digest] of pending) {
        if (signal.aborted) return;
        const key = `${source.record.organizationId} ${digest}`;
        if (refusal !== undefined && !this.#platforms.has(key)) {
          found[index] = { digest, platforms: [], problem: refusal };
          continue;
        }
        try {
          found[index] = { digest, platforms: await this.#remembered(key, () => this.#read(connection, source, repository, digest)) };
        } catch (error) {
          if (!(error instanceof RegistryError)) throw error;
          found[index] = { digest, platforms: [], problem: error };
          if (!ofOneImage.has(error.kind)) refusal = error;
        }
      }
    };
    await Promise.all(Array.from({ length: concurrency }, worker));
    signal.throwIfAborted();
    return found;
  }

  #remembered(key: string, read: () => Promise<readonly string[]>): Promise<readonly string[]> {
    const asked = this.#platforms.get(key) ?? read();
    this.#platforms.delete(key);
    this.#platforms.set(key, asked);
    // A failure is asked again.
    asked.catch(() => this.#platforms.delete(key));
    const [oldest] = this.#platforms.keys();
    if (this.#platforms.size > maximumKept && oldest !== undefined) this.#platforms.delete(oldest);
    return asked;
  }

  async #read(connection: RegistryConnection, source: RegistrySource, repository: string, digest: string): Promise<readonly string[]> {
    const { paces, hostFor } = this.#options;
    const signal = AbortSignal.timeout(timeoutMs);
    const pace = paces.of(source.record.id);
    const host = hostFor({ sample: source.kind === 'connection' && source.record.sample });
    try {
      await pace.turn(signal);
      return await new ManifestReader({ connection, host, signal, onRequest: () => pace.made(1) }).platforms(repository, digest);
    } catch (error) {
      if (signal.aborted) throw new RegistryError({ kind: 'unreachable', heading: 'No answer in time', message: `The registry did not tell the platforms of an image within ${timeoutMs / 1000} seconds.`, cause: error });
      throw error instanceof OciError ? new RegistryError({ kind: 'protocol', heading: 'The manifest cannot be read', message: error.message, cause: error }) : error;
    }
  }
}

import { OciError } from '@esscm/oci-client';
import { ManifestReader, type PluginHost, type RegistryConnection, RegistryError } from '@esscm/registry-core';
import type { CallPaces } from './call-paces.js';
import type { RegistryAccess, RegistrySource } from './registry-access.js';

export interface ManifestReadsOptions {
  readonly access: RegistryAccess;
  readonly paces: CallPaces;
  readonly hostFor: (target: { readonly sample: boolean }) => PluginHost;
}

/** An image or index of a repository. */
export interface ManifestPlace {
  readonly repository: string;
  readonly digest: string;
}

/** What was read, or why it was not. */
export type ManifestRead<Value> = { readonly digest: string; readonly value: Value } | { readonly digest: string; readonly problem: RegistryError };

const maximumKept = 10_000;
const timeoutMs = 20_000;
/** Few, so that a list that is asked for meanwhile has its turn soon: all share the pace of their source. */
const concurrency = 4;
/** Failures of one image. Any other would meet the next image, too. */
const ofOneImage: ReadonlySet<RegistryError['kind']> = new Set(['not-found', 'archived', 'unsupported', 'protocol']);

/** One question about manifests. A digest always means the same, so each is asked for once. */
export class ManifestReads<Value> {
  readonly #options: ManifestReadsOptions;
  readonly #read: (reader: ManifestReader, place: ManifestPlace) => Promise<Value>;
  readonly #known = new Map<string, Promise<Value>>();

  constructor(options: ManifestReadsOptions, read: (reader: ManifestReader, place: ManifestPlace) => Promise<Value>) {
    this.#options = options;
    this.#read = read;
  }

  /**
   * In the order of the places. When the registry refuses, as by its rate, images that were not asked for yet are not asked for, and
   * have the same problem.
   * @param signal ends what has not begun; a read on its way is finished and kept
   * @throws RegistryError when the connection cannot be opened
   */
  async all(source: RegistrySource, places: readonly ManifestPlace[], signal: AbortSignal): Promise<readonly ManifestRead<Value>[]> {
    await using connection = await this.#options.access.open(source);
    const found: ManifestRead<Value>[] = [];
    const pending = places.entries();
    let refusal: RegistryError | undefined;
    const worker = async (): Promise<void> => {
      for (const [index, place] of pending) {
        if (signal.aborted) return;
        const { digest } = place;
        const key = `${source.record.organizationId} ${digest}`;
        if (refusal !== undefined && !this.#known.has(key)) {
          found[index] = { digest, problem: refusal };
          continue;
        }
        try {
          found[index] = { digest, value: await this.#remembered(key, () => this.#ask(connection, source, place)) };
        } catch (error) {
          if (!(error instanceof RegistryError)) throw error;
          found[index] = { digest, problem: error };
          if (!ofOneImage.has(error.kind)) refusal = error;
        }
      }
    };
    await Promise.all(Array.from({ length: concurrency }, worker));
    signal.throwIfAborted();
    return found;
  }

  #remembered(key: string, read: () => Promise<Value>): Promise<Value> {
    const asked = this.#known.get(key) ?? read();
    this.#known.delete(key);
    this.#known.set(key, asked);
    // A failure is asked again.
    asked.catch(() => this.#known.delete(key));
    const [oldest] = this.#known.keys();
    if (this.#known.size > maximumKept && oldest !== undefined) this.#known.delete(oldest);
    return asked;
  }

  async #ask(connection: RegistryConnection, source: RegistrySource, place: ManifestPlace): Promise<Value> {
    const { paces, hostFor } = this.#options;
    const signal = AbortSignal.timeout(timeoutMs);
    const pace = paces.of(source.record.id);
    const host = hostFor({ sample: source.kind === 'connection' && source.record.sample });
    try {
      await pace.turn(signal);
      return await this.#read(new ManifestReader({ connection, host, signal, onRequest: () => pace.made(1) }), place);
    } catch (error) {
      if (signal.aborted) throw new RegistryError({ kind: 'unreachable', heading: 'No answer in time', message: `The registry did not send the manifest of an image within ${timeoutMs / 1000} seconds.`, cause: error });
      throw error instanceof OciError ? new RegistryError({ kind: 'protocol', heading: 'The manifest cannot be read', message: error.message, cause: error }) : error;
    }
  }
}

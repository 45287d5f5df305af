import type { ManifestDocument, RegistryClient } from '@esscm/oci-client';
import type { PermissionCheck, PluginHost, VerificationProblem, VerificationReport, VerifyOptions } from '@esscm/registry-core';
import type { RegistrySettings } from '../configuration/registry-settings.js';
import { clientFor } from '../connection/registry-access.js';
import { headings } from '../errors/headings.js';
import { permissions, type PermissionAction } from '../permissions.js';
import { rowOf, tryProbe, type Probe, type ProbeResult } from './probe.js';

/** One try each: a verification says what the registry answers now. */
const attempts = 1;

/**
 * Tries what a connection needs by requests that only read: the base address, the list of repositories, and then tags, a
 * manifest and the first bytes of a layer of one repository, if one is known.
 * @throws RegistryError of kind `cancelled`, and for nothing the registry says
 */
export async function verifyRegistry(settings: RegistrySettings, host: PluginHost, options: VerifyOptions): Promise<VerificationReport> {
  await using client = clientFor(settings, host, attempts);
  return await new Verification(client, settings, host.clock, options).run();
}

type ReadManifest = Extract<ManifestDocument, { readonly kind: 'manifest' }>;

class Verification {
  readonly #client: RegistryClient;
  readonly #settings: RegistrySettings;
  readonly #clock: PluginHost['clock'];
  readonly #options: VerifyOptions;
  readonly #results = new Map<PermissionAction, ProbeResult>();
  #repository: string | undefined;
  #tag: string | undefined;
  #manifest: ReadManifest | undefined;

  constructor(client: RegistryClient, settings: RegistrySettings, clock: PluginHost['clock'], options: VerifyOptions) {
    this.#client = client;
    this.#settings = settings;
    this.#clock = clock;
    this.#options = options;
    this.#repository = options.probeRepository ?? settings.repositories[0];
  }

  async run(): Promise<VerificationReport> {
    const { signal } = this.#options;
    const signedIn = await this.#try('registry:sign-in', this.#settings.host, () => this.#client.ping(signal));
    if (!signedIn) return this.#report('not-tried');
    await this.#tryCatalogue();
    const repository = this.#repository;
    if (repository === undefined) return this.#report('not-proven');
    await this.#try('repository:tags', repository, async () => {
      for await (const tags of this.#client.tags(repository, { signal, pageSize: 10 })) {
        this.#tag = tags[0];
        break;
      }
    });
    const reference = this.#tag ?? 'latest';
    await this.#try('repository:manifests', `${repository}:${reference}`, () => this.#readManifest(repository, reference));
    const manifest = this.#manifest;
    if (manifest !== undefined) await this.#try('repository:blobs', repository, () => this.#openSmallestBlob(repository, manifest));
    return this.#report('not-proven');
  }

  /** With repositories named there is nothing to list, whatever the registry would answer. */
  async #tryCatalogue(): Promise<void> {
    const { host, repositories } = this.#settings;
    if (repositories.length > 0) {
      const check: PermissionCheck = { ...rowOf('registry:catalog', 'allowed'), triedOn: `${repositories.length} named in the connection` };
      this.#keep('registry:catalog', { check });
      return;
    }
    const { signal } = this.#options;
    await this.#try('registry:catalog', host, async () => {
      for await (const names of this.#client.repositories({ signal, pageSize: 10 })) {
        this.#repository ??= names[0];
        break;
      }
    });
  }

  async #readManifest(repository: string, reference: string): Promise<void> {
    const { signal } = this.#options;
    let document = await this.#client.manifest(repository, reference, signal);
    const first = document.kind === 'index' ? document.index.manifests?.[0] : undefined;
    if (first !== undefined) document = await this.#client.manifest(repository, first.digest, signal);
    if (document.kind === 'manifest') this.#manifest = document;
  }

  /** Only the answer's headers are waited for; its bytes are left. */
  async #openSmallestBlob(repository: string, { manifest }: ReadManifest): Promise<void> {
    const blobs = [manifest.config, ...(manifest.layers ?? [])].toSorted((left, right) => left.size - right.size);
    const smallest = blobs[0] ?? manifest.config;
    const stream = await this.#client.openBlob(repository, { digest: smallest.digest, sizeBytes: smallest.size }, this.#options.signal);
    stream.on('error', () => undefined).destroy();
  }

  async #try(action: PermissionAction, triedOn: string, call: () => Promise<void>): Promise<boolean> {
    const { host, credential } = this.#settings;
    const probe: Probe = {
      action,
      triedOn,
      context: {
        host,
        ...(action.startsWith('repository:') && this.#repository !== undefined && { repository: this.#repository }),
        ...(action === 'repository:manifests' && { reference: this.#tag ?? 'latest' }),
        ...(credential !== undefined && { username: credential.username, credentialAccepted: action !== 'registry:sign-in' }),
      },
      call,
    };
    const result = await tryProbe(probe, this.#clock, this.#options.signal);
    this.#keep(action, result);
    return result.check.outcome === 'allowed';
  }

  #keep(action: PermissionAction, result: ProbeResult): void {
    this.#results.set(action, result);
    this.#options.onCheck?.(result.check);
  }

  #report(untried: 'not-tried' | 'not-proven'): VerificationReport {
    const checks = permissions.map(({ action }) => {
      const result = this.#results.get(action);
      if (result !== undefined) return result.check;
      const row = rowOf(action, untried);
      this.#options.onCheck?.(row);
      return row;
    });
    const { credential } = this.#settings;
    return {
      status: statusOf(checks),
      ...(credential !== undefined && { principal: credential.username }),
      account: this.#settings.host,
      checkedAt: this.#clock.now().toISOString(),
      checks,
      problems: [...this.#problems(), ...this.#unprovenProblem(checks)],
    };
  }

  /** One for each different cause, in the order of the rows. */
  #problems(): readonly VerificationProblem[] {
    const problems = new Map<string, VerificationProblem>();
    for (const [action, { error }] of this.#results) {
      if (error === undefined || (action === 'registry:catalog' && error.kind !== 'unreachable' && error.kind !== 'throttled')) continue;
      const known = problems.get(error.message);
      problems.set(error.message, {
        heading: error.heading,
        message: error.message,
        ...(error.remedy !== undefined && { remedy: error.remedy }),
        ...(error.upstream?.code !== undefined && { upstreamCode: error.upstream.code }),
        ...(error.upstream?.message !== undefined && { upstreamMessage: error.upstream.message }),
        ...(error.upstream?.status !== undefined && { upstreamStatus: error.upstream.status }),
        ...(error.upstream?.requestId !== undefined && { requestId: error.upstream.requestId }),
        actions: [...(known?.actions ?? []), action],
      });
    }
    return [...problems.values()];
  }

  /** No repository is known to try, because the registry gives no list and the user named none. */
  #unprovenProblem(checks: readonly PermissionCheck[]): readonly VerificationProblem[] {
    const listed = this.#results.get('registry:catalog')?.check.outcome;
    if (this.#repository !== undefined || listed === undefined || listed === 'allowed') return [];
    return [
      {
        heading: headings.notSupported,
        message: `${this.#settings.host} does not list its repositories for this account, so nothing else could be tried.`,
        remedy: 'Name the repositories in the field Repositories, parted by commas, and verify again.',
        actions: ['registry:catalog', ...checks.filter(({ outcome }) => outcome === 'not-proven').map(({ action }) => action)],
      },
    ];
  }
}

function statusOf(checks: readonly PermissionCheck[]): VerificationReport['status'] {
  if (checks.every(({ outcome }) => outcome === 'allowed')) return 'verified';
  const isRefused = ({ required, outcome }: PermissionCheck): boolean => required && outcome !== 'allowed' && outcome !== 'not-proven';
  return checks.some(isRefused) ? 'failed' : 'limited';
}

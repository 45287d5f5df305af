import { type PermissionCheck, type RegistryConfiguration, RegistryError, type VerificationReport } from '@esscm/registry-core';
import type { ConnectionRecord, Store } from '@esscm/store';
import type { Logger } from 'pino';
import type { GatewayJobs } from '../../dependencies.js';
import { loggableError } from '../../loggable-error.js';
import type { RegistryAccess, RegistrySource } from '../registry/registry-access.js';
import { failedReport } from './failed-report.js';
import type { StoredProgress } from './verification-progress-view.js';
import { verificationTopic } from './verification-topic.js';

interface VerificationRunsOptions {
  readonly store: Pick<Store, 'drafts' | 'connections'>;
  readonly access: RegistryAccess;
  readonly events: Pick<GatewayJobs['events'], 'publish'>;
  readonly now: () => Date;
  /** Told of connections that were seen to work. */
  readonly onWorking: (connection: ConnectionRecord) => Promise<void>;
  readonly log: Logger;
}

export interface RunOptions {
  readonly signal: AbortSignal;
  /** A repository to try on, for credentials that may not list. */
  readonly probeRepository?: string;
}

const timeoutMs = 28_000;

/**
 * Verifications that run in this process. Each row is written down and announced as it becomes known, so that every process of
 * an installation can tell how far one is.
 */
export class VerificationRuns {
  readonly #options: VerificationRunsOptions;
  readonly #running = new Map<string, AbortController>();
  readonly #stopped = new AbortController();

  constructor(options: VerificationRunsOptions) {
    this.#options = options;
  }

  /** Tries a stored credential and writes the report down. A second run of the same ends the first, whose report is not kept. */
  async run(source: RegistrySource, { signal, probeRepository }: RunOptions): Promise<VerificationReport> {
    const { id, organizationId } = source.record;
    this.#running.get(id)?.abort();
    const own = new AbortController();
    this.#running.set(id, own);
    const checks: PermissionCheck[] = [];
    const startedAt = this.#options.now().toISOString();
    const record = async () => {
      if (own.signal.aborted) return;
      const progress: StoredProgress = { startedAt, checks };
      await this.#repository(source).recordVerificationProgress(organizationId, id, progress);
      await this.#announce(id);
    };
    // One write after another, as rows may finish at the same moment.
    let written = record();
    try {
      const report = await this.#verify(source, {
        signal: AbortSignal.any([signal, own.signal, this.#stopped.signal, AbortSignal.timeout(timeoutMs)]),
        ...(probeRepository !== undefined && { probeRepository }),
        onCheck: (check) => {
          checks.push(check);
          written = written.then(record);
        },
      });
      await written;
      if (own.signal.aborted) return report;
      await this.#repository(source).recordVerification(organizationId, id, report);
      if (source.kind === 'connection' && report.status !== 'failed') await this.#options.onWorking(source.record);
      return report;
    } finally {
      await written.catch(() => undefined);
      if (this.#running.get(id) === own) this.#running.delete(id);
      await this.#announce(id);
    }
  }

  /** The same without waiting: what came of it is read from the store. A failure of our own is logged. */
  start(source: RegistrySource, probeRepository?: string): void {
    this.run(source, { signal: this.#stopped.signal, ...(probeRepository !== undefined && { probeRepository }) }).catch((error: unknown) => {
      this.#options.log.error({ error: loggableError(error), id: source.record.id }, 'A verification was broken off.');
    });
  }

  /** Tries a credential that is not stored. */
  async try(source: RegistrySource, configuration: RegistryConfiguration, signal: AbortSignal): Promise<VerificationReport> {
    return await this.#verify(source, { signal: AbortSignal.any([signal, this.#stopped.signal, AbortSignal.timeout(timeoutMs)]) }, configuration);
  }

  /** Ends all of them. */
  close(): void {
    this.#stopped.abort();
  }

  async #verify(
    source: RegistrySource,
    options: { readonly signal: AbortSignal; readonly probeRepository?: string; readonly onCheck?: (check: PermissionCheck) => void },
    configuration?: RegistryConfiguration,
  ): Promise<VerificationReport> {
    try {
      await using registry = await this.#options.access.open(source, configuration);
      return await registry.verify(options);
    } catch (error) {
      if (!(error instanceof RegistryError)) throw error;
      return failedReport(error, this.#options.now());
    }
  }

  #repository(source: RegistrySource): Pick<Store['drafts'], 'recordVerification' | 'recordVerificationProgress'> {
    return source.kind === 'draft' ? this.#options.store.drafts : this.#options.store.connections;
  }

  async #announce(id: string): Promise<void> {
    try {
      await this.#options.events.publish(verificationTopic, { id });
    } catch (error) {
      this.#options.log.warn({ error: loggableError(error), id }, 'A row of a verification could not be announced.');
    }
  }
}

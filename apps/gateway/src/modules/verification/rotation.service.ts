import type { PluginHost, PluginRegistry, VerificationReport } from '@esscm/registry-core';
import type { ConnectionRecord, Store } from '@esscm/store';
import type { AttemptLimiter } from '../../authentication/attempt-limiter.js';
import { notFoundProblem, throttledProblem, validationProblem } from '../../graphql/problems.js';
import type { NotFoundProblem, ThrottledProblem, ValidationProblem } from '../../graphql/problem.type.js';
import { type RequestContext, requireRequester } from '../../request-context.js';
import { revealed } from '../registry/registry-access.js';
import type { RegistryListings } from '../registry/registry-listings.js';
import type { ScanService } from '../scans/scan.service.js';
import { configureCredential, kindOf } from './credential-configuration.js';
import { accountsOf } from './report-accounts.js';
import type { VerificationRuns } from './verification-runs.js';
import type { RotateCredentialsInput } from './verify.input.js';

interface RotationServiceOptions {
  readonly store: Store;
  readonly plugins: Pick<PluginRegistry, 'get'>;
  readonly hostFor: (target: { readonly sample: boolean }) => PluginHost;
  readonly runs: VerificationRuns;
  readonly listings: Pick<RegistryListings, 'forget'>;
  readonly scans: Pick<ScanService, 'resume'>;
  readonly attempts: AttemptLimiter;
}

/** A credential that was tried, and replaced the present one or did not. */
interface Rotation {
  readonly connection: ConnectionRecord;
  readonly report: VerificationReport;
  readonly replaced: boolean;
}

/** Replacing the credentials of a connection in place. */
export class RotationService {
  readonly #options: RotationServiceOptions;

  constructor(options: RotationServiceOptions) {
    this.#options = options;
  }

  /** The new credentials take the place of the present ones only after they were seen to work. */
  async rotate(context: RequestContext, input: RotateCredentialsInput): Promise<Rotation | ValidationProblem | NotFoundProblem | ThrottledProblem> {
    const { store, plugins, hostFor, runs, listings, attempts } = this.#options;
    const { organization, userId } = requireRequester(context);
    const connection = await store.connections.find(organization.id, input.connectionId);
    const plugin = connection === undefined ? undefined : plugins.get(connection.pluginId);
    if (connection?.credentialKindId === undefined || plugin === undefined) return notFoundProblem(context, 'connection');
    const retryAfterMs = attempts.retryAfterMs(userId);
    if (retryAfterMs > 0) return throttledProblem(context, retryAfterMs);
    attempts.record(userId);

    const typed = new Set(input.values.filter(({ value }) => value !== '').map(({ name }) => name));
    const fields = kindOf(plugin, connection.variantId, connection.credentialKindId)?.fields ?? [];
    const moved = input.values.filter(({ name, value }) => value !== '' && value !== connection.settings[name] && fields.some((field) => field.name === name && field.place === true));
    if (moved.length > 0) {
      return validationProblem(context, moved.map(({ name }) => ({ field: name, message: 'This says where the registry is, which new credentials do not change. Make another connection for it.' })));
    }
    // What belongs to a value that changes, such as the end of an earlier session, goes with it.
    const belongsToTyped = (name: string) => fields.some((field) => field.name === name && field.shownWhen !== undefined && typed.has(field.shownWhen.field));
    const unchanged = Object.entries(connection.settings).filter(([name]) => !typed.has(name) && !belongsToTyped(name));
    const configuration = configureCredential({
      plugin,
      variantId: connection.variantId,
      credentialKindId: connection.credentialKindId,
      entered: [...unchanged.map(([name, value]) => ({ name, value })), ...input.values],
      // Secrets are entered anew: half of an old key and half of a new one are no key.
      kept: { settings: connection.settings, secrets: {} },
      host: hostFor({ sample: connection.sample }),
    });
    if (!('settings' in configuration)) return validationProblem(context, configuration);
    const report = await runs.try({ kind: 'connection', record: connection }, configuration, context.signal);
    if (report.status === 'failed') return { connection, report, replaced: false };
    const lost = accountsOf(connection.verification).filter((account) => !accountsOf(report).includes(account));
    if (lost.length > 0) {
      const message = `These credentials do not open account ${lost.join(', ')}, which this connection reads. Make another connection for them.`;
      return validationProblem(context, [{ field: '', message }]);
    }
    const changed = await store.connections.replaceCredential(organization.id, connection.id, {
      credentialKindId: connection.credentialKindId,
      settings: configuration.settings,
      credentialHint: configuration.hint,
      ...(configuration.expiresAt !== undefined && { credentialExpiresAt: configuration.expiresAt }),
      secrets: revealed(configuration.secrets),
      verification: report,
    });
    listings.forget(`${connection.id} `);
    if (changed === undefined) return notFoundProblem(context, 'connection');
    await this.#options.scans.resume(changed);
    return { connection: { ...changed, withoutScanning: false }, report, replaced: true };
  }
}

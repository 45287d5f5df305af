import { InvalidConfigurationError, type PluginRegistry, type RegistryConfiguration, RegistryError, type VerificationReport } from '@esscm/registry-core';
import type { ConnectionDraftRecord, ConnectionRecord, Store } from '@esscm/store';
import type { AttemptLimiter } from '../../authentication/attempt-limiter.js';
import { notFoundProblem, throttledProblem, validationProblem } from '../../graphql/problems.js';
import type { NotFoundProblem, ThrottledProblem, ValidationProblem } from '../../graphql/problem.type.js';
import { type RequestContext, requireRequester } from '../../request-context.js';
import { type RegistryAccess, type RegistrySource, revealed } from '../registry/registry-access.js';
import type { VerifyCredentialsInput } from './verify.input.js';

interface VerificationServiceOptions {
  readonly store: Store;
  readonly plugins: Pick<PluginRegistry, 'get'>;
  readonly access: RegistryAccess;
  readonly now: () => Date;
  /** Verifications by user: each makes about ten calls to the registry. */
  readonly attempts: AttemptLimiter;
}

const draftLifetimeMs = 24 * 3600 * 1000;
const verifyTimeoutMs = 28_000;
const maximumValues = 50;
const maximumValueLength = 16_384;

/** Trying credentials, permission by permission. */
export class VerificationService {
  readonly #options: VerificationServiceOptions;

  constructor(options: VerificationServiceOptions) {
    this.#options = options;
  }

  async findDraft(context: RequestContext, id: string): Promise<ConnectionDraftRecord | undefined> {
    const { organization, userId } = requireRequester(context);
    const draft = await this.#options.store.drafts.find(organization.id, id, this.#options.now());
    return draft?.createdBy === userId ? draft : undefined;
  }

  /** Saves the draft before anything is tried, so that a slow or failing registry loses nothing that was typed. */
  async verifyCredentials(
    context: RequestContext,
    input: VerifyCredentialsInput,
  ): Promise<{ readonly draft: ConnectionDraftRecord; readonly report: VerificationReport } | ValidationProblem | ThrottledProblem> {
    const { store, plugins, now } = this.#options;
    const { organization, userId } = requireRequester(context);
    const throttled = this.#count(context);
    if (throttled !== undefined) return throttled;
    const plugin = plugins.get(input.plugin);
    if (plugin === undefined) return validationProblem(context, [{ field: 'plugin', message: 'This plugin is not installed.' }]);
    const issue = checkSizes(input);
    if (issue !== undefined) return validationProblem(context, [issue]);

    const earlier = input.draftId == null ? undefined : await this.findDraft(context, input.draftId);
    const sameKind = earlier?.pluginId === input.plugin && earlier.variantId === input.variant && earlier.credentialKindId === input.credentialKind;
    const kept = earlier !== undefined && sameKind ? await store.drafts.readSecrets(organization.id, earlier.id) : {};
    const entered = Object.fromEntries(input.values.filter(({ value }) => value !== '').map(({ name, value }) => [name, value]));
    let configuration: RegistryConfiguration;
    try {
      configuration = plugin.configure({ variantId: input.variant, credentialKindId: input.credentialKind, values: { ...kept, ...entered } });
    } catch (error) {
      if (error instanceof InvalidConfigurationError) return validationProblem(context, error.issues);
      throw error;
    }
    const draft = await store.drafts.save(
      {
        ...(earlier !== undefined && { id: earlier.id }),
        organizationId: organization.id,
        createdBy: userId,
        pluginId: input.plugin,
        variantId: configuration.variantId,
        ...(configuration.credentialKindId !== undefined && { credentialKindId: configuration.credentialKindId }),
        name: input.name.trim(),
        description: input.description.trim(),
        settings: configuration.settings,
        credentialHint: configuration.hint,
        expiresAt: new Date(now().getTime() + draftLifetimeMs),
      },
      revealed(configuration.secrets),
    );
    const report = await this.#verify(context, { kind: 'draft', record: draft }, input.probeRepository ?? undefined);
    await store.drafts.recordVerification(organization.id, draft.id, report);
    return { draft: { ...draft, verification: report }, report };
  }

  async verifyConnection(
    context: RequestContext,
    id: string,
  ): Promise<{ readonly connection: ConnectionRecord; readonly report: VerificationReport } | NotFoundProblem | ThrottledProblem> {
    const { store } = this.#options;
    const { organization } = requireRequester(context);
    const connection = await store.connections.find(organization.id, id);
    if (connection === undefined) return notFoundProblem(context, 'connection');
    const throttled = this.#count(context);
    if (throttled !== undefined) return throttled;
    const report = await this.#verify(context, { kind: 'connection', record: connection });
    await store.connections.recordVerification(organization.id, id, report);
    return { connection: { ...connection, verification: report }, report };
  }

  #count(context: RequestContext): ThrottledProblem | undefined {
    const { attempts } = this.#options;
    const key = requireRequester(context).userId;
    const retryAfterMs = attempts.retryAfterMs(key);
    if (retryAfterMs > 0) return throttledProblem(context, retryAfterMs);
    attempts.record(key);
    return undefined;
  }

  async #verify(context: RequestContext, source: RegistrySource, probeRepository?: string): Promise<VerificationReport> {
    try {
      await using registry = await this.#options.access.open(source);
      return await registry.verify({
        signal: AbortSignal.any([context.signal, AbortSignal.timeout(verifyTimeoutMs)]),
        ...(probeRepository !== undefined && probeRepository !== '' && { probeRepository }),
      });
    } catch (error) {
      if (!(error instanceof RegistryError)) throw error;
      return failedReport(error, this.#options.now());
    }
  }
}

/** A registry that could not even be opened, told in the same form as one that refuses. */
function failedReport(error: RegistryError, checkedAt: Date): VerificationReport {
  const { heading, message, remedy, remedySnippet, upstream } = error;
  return {
    status: 'failed',
    checkedAt: checkedAt.toISOString(),
    checks: [],
    problems: [
      {
        heading,
        message,
        actions: [],
        ...(remedy !== undefined && { remedy }),
        ...(remedySnippet !== undefined && { remedySnippet }),
        ...(upstream?.code !== undefined && { upstreamCode: upstream.code }),
        ...(upstream?.message !== undefined && { upstreamMessage: upstream.message }),
        ...(upstream?.status !== undefined && { upstreamStatus: upstream.status }),
        ...(upstream?.requestId !== undefined && { requestId: upstream.requestId }),
      },
    ],
  };
}

function checkSizes(input: VerifyCredentialsInput) {
  if (input.name.length > 200) return { field: 'name', message: 'A name has 3 to 60 characters.' };
  if (input.description.length > 500) return { field: 'description', message: 'A description has at most 500 characters.' };
  if (input.values.length > maximumValues) return { field: '', message: `A form has at most ${maximumValues} values.` };
  const long = input.values.find(({ name, value }) => name.length > 100 || value.length > maximumValueLength);
  return long === undefined ? undefined : { field: long.name.slice(0, 100), message: 'This value is too long.' };
}

import { type PluginHost, type PluginRegistry, RegistryError, type VerificationReport } from '@esscm/registry-core';
import type { CredentialGuide, RegistryConfiguration } from '@esscm/registry-core';
import type { ConnectionDraftRecord, ConnectionRecord, Store } from '@esscm/store';
import type { AttemptLimiter } from '../../authentication/attempt-limiter.js';
import { notFoundProblem, registryProblem, throttledProblem, validationProblem } from '../../graphql/problems.js';
import type { NotFoundProblem, RegistryProblem, ThrottledProblem, ValidationProblem } from '../../graphql/problem.type.js';
import { type RequestContext, requireRequester } from '../../request-context.js';
import { revealed } from '../registry/registry-access.js';
import { configureCredential, formValues, generatedValues, kindOf, sizeIssue } from './credential-configuration.js';
import type { VerificationRuns } from './verification-runs.js';
import type { PrepareCredentialsInput, VerifyCredentialsInput } from './verify.input.js';

interface VerificationServiceOptions {
  readonly store: Store;
  readonly plugins: Pick<PluginRegistry, 'get'>;
  readonly hostFor: (target: { readonly sample: boolean }) => PluginHost;
  readonly runs: VerificationRuns;
  readonly now: () => Date;
  /** Verifications by user: each makes about ten calls to the registry. */
  readonly attempts: AttemptLimiter;
  /** Guides by user: one may ask the registry who we are. */
  readonly guides: AttemptLimiter;
}

interface VerifiedDraft {
  readonly draft: ConnectionDraftRecord;
  readonly report: VerificationReport;
}

interface PreparedDraft {
  readonly draft: ConnectionDraftRecord;
  readonly guide: CredentialGuide;
}

const draftLifetimeMs = 24 * 3600 * 1000;
const guideTimeoutMs = 15_000;

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

  /**
   * Makes what this server makes for a connection, such as an external ID, keeps it in a draft, and gives the guide with it. What
   * is typed so far is used for the guide and not kept.
   */
  async prepareCredentials(
    context: RequestContext,
    input: PrepareCredentialsInput,
  ): Promise<PreparedDraft | ValidationProblem | ThrottledProblem | RegistryProblem> {
    const { store, plugins, hostFor } = this.#options;
    const { organization, userId } = requireRequester(context);
    const throttled = count(context, this.#options.guides);
    if (throttled !== undefined) return throttled;
    const plugin = plugins.get(input.plugin);
    const kind = plugin === undefined ? undefined : kindOf(plugin, input.variant, input.credentialKind);
    if (plugin === undefined || kind === undefined) return validationProblem(context, [{ field: 'credentialKind', message: 'There is no such kind of credential.' }]);
    const issue = sizeIssue(input.values);
    if (issue !== undefined) return validationProblem(context, [issue]);

    const earlier = await this.#earlierDraft(context, input);
    const draft =
      earlier?.sameKind === true
        ? earlier.draft
        : await store.drafts.save(
            {
              ...(earlier !== undefined && { id: earlier.draft.id }),
              organizationId: organization.id,
              createdBy: userId,
              pluginId: input.plugin,
              variantId: input.variant,
              credentialKindId: kind.id,
              name: '',
              description: '',
              settings: generatedValues(kind, undefined),
              credentialHint: '',
              expiresAt: this.#expiry(),
            },
            {},
          );
    const host = hostFor({ sample: false });
    const kept = { settings: draft.settings, secrets: await store.drafts.readSecrets(organization.id, draft.id) };
    const values = { ...draft.settings, ...formValues({ plugin, variantId: input.variant, credentialKindId: kind.id, entered: input.values, kept, host }) };
    try {
      const signal = AbortSignal.any([context.signal, AbortSignal.timeout(guideTimeoutMs)]);
      const guide = await plugin.guide?.({ variantId: input.variant, credentialKindId: kind.id, values }, host, { signal });
      return { draft, guide: guide ?? kind.guide ?? { title: kind.name, steps: [] } };
    } catch (error) {
      if (error instanceof RegistryError) return registryProblem(context, error);
      throw error;
    }
  }

  /** Saves the draft before anything is tried, so that a slow or failing registry loses nothing that was typed. */
  async verifyCredentials(context: RequestContext, input: VerifyCredentialsInput): Promise<VerifiedDraft | ValidationProblem | ThrottledProblem> {
    const draft = await this.#saveDraft(context, input);
    if (!('settings' in draft)) return draft;
    const report = await this.#options.runs.run({ kind: 'draft', record: draft }, { signal: context.signal, ...probeOf(input) });
    return { draft: { ...draft, verification: report }, report };
  }

  /** The same without waiting for the end. */
  async startCredentialVerification(context: RequestContext, input: VerifyCredentialsInput): Promise<ConnectionDraftRecord | ValidationProblem | ThrottledProblem> {
    const draft = await this.#saveDraft(context, input);
    if (!('settings' in draft)) return draft;
    this.#options.runs.start({ kind: 'draft', record: draft }, probeOf(input).probeRepository);
    return { ...draft, verificationProgress: { startedAt: this.#options.now().toISOString(), checks: [] } };
  }

  async verifyConnection(
    context: RequestContext,
    id: string,
  ): Promise<{ readonly connection: ConnectionRecord; readonly report: VerificationReport } | NotFoundProblem | ThrottledProblem> {
    const record = await this.#connectionToVerify(context, id);
    if (!('settings' in record)) return record;
    const report = await this.#options.runs.run({ kind: 'connection', record }, { signal: context.signal });
    return { connection: { ...record, verification: report }, report };
  }

  /** The same without waiting for the end. */
  async startConnectionVerification(context: RequestContext, id: string): Promise<ConnectionRecord | NotFoundProblem | ThrottledProblem> {
    const record = await this.#connectionToVerify(context, id);
    if (!('settings' in record)) return record;
    this.#options.runs.start({ kind: 'connection', record });
    return { ...record, verificationProgress: { startedAt: this.#options.now().toISOString(), checks: [] } };
  }

  async #connectionToVerify(context: RequestContext, id: string): Promise<ConnectionRecord | NotFoundProblem | ThrottledProblem> {
    const { organization } = requireRequester(context);
    const record = await this.#options.store.connections.find(organization.id, id);
    if (record === undefined) return notFoundProblem(context, 'connection');
    return count(context, this.#options.attempts) ?? record;
  }

  async #saveDraft(context: RequestContext, input: VerifyCredentialsInput): Promise<ConnectionDraftRecord | ValidationProblem | ThrottledProblem> {
    const { store, plugins, hostFor } = this.#options;
    const { organization, userId } = requireRequester(context);
    const throttled = count(context, this.#options.attempts);
    if (throttled !== undefined) return throttled;
    const plugin = plugins.get(input.plugin);
    if (plugin === undefined) return validationProblem(context, [{ field: 'plugin', message: 'This plugin is not installed.' }]);
    const issue = lengthIssue(input);
    if (issue !== undefined) return validationProblem(context, [issue]);

    const earlier = await this.#earlierDraft(context, input);
    const kept =
      earlier?.sameKind === true ? { settings: earlier.draft.settings, secrets: await store.drafts.readSecrets(organization.id, earlier.draft.id) } : undefined;
    const configuration = configureCredential({
      plugin,
      variantId: input.variant,
      credentialKindId: input.credentialKind,
      entered: input.values,
      kept,
      host: hostFor({ sample: false }),
    });
    if (!isConfiguration(configuration)) return validationProblem(context, configuration);
    return await store.drafts.save(
      {
        ...(earlier !== undefined && { id: earlier.draft.id }),
        organizationId: organization.id,
        createdBy: userId,
        pluginId: input.plugin,
        variantId: configuration.variantId,
        ...(configuration.credentialKindId !== undefined && { credentialKindId: configuration.credentialKindId }),
        name: input.name.trim(),
        description: input.description.trim(),
        settings: configuration.settings,
        credentialHint: configuration.hint,
        ...(configuration.expiresAt !== undefined && { credentialExpiresAt: configuration.expiresAt }),
        expiresAt: this.#expiry(),
      },
      revealed(configuration.secrets),
    );
  }

  async #earlierDraft(
    context: RequestContext,
    input: Pick<VerifyCredentialsInput, 'draftId' | 'plugin' | 'variant' | 'credentialKind'>,
  ): Promise<{ readonly draft: ConnectionDraftRecord; readonly sameKind: boolean } | undefined> {
    const draft = input.draftId == null ? undefined : await this.findDraft(context, input.draftId);
    if (draft === undefined) return undefined;
    return { draft, sameKind: draft.pluginId === input.plugin && draft.variantId === input.variant && draft.credentialKindId === input.credentialKind };
  }

  #expiry(): Date {
    return new Date(this.#options.now().getTime() + draftLifetimeMs);
  }
}

function count(context: RequestContext, attempts: AttemptLimiter): ThrottledProblem | undefined {
  const key = requireRequester(context).userId;
  const retryAfterMs = attempts.retryAfterMs(key);
  if (retryAfterMs > 0) return throttledProblem(context, retryAfterMs);
  attempts.record(key);
  return undefined;
}

function isConfiguration(outcome: ReturnType<typeof configureCredential>): outcome is RegistryConfiguration {
  return 'settings' in outcome;
}

function probeOf({ probeRepository }: VerifyCredentialsInput): { readonly probeRepository?: string } {
  return probeRepository == null || probeRepository === '' ? {} : { probeRepository };
}

function lengthIssue(input: VerifyCredentialsInput) {
  if (input.name.length > 200) return { field: 'name', message: 'A name has 3 to 60 characters.' };
  return input.description.length > 500 ? { field: 'description', message: 'A description has at most 500 characters.' } : undefined;
}

import type { PluginRegistry } from '@esscm/registry-core';
import { Arg, Authorized, Ctx, Mutation, Resolver } from 'type-graphql';
import { instance } from '../../graphql/instance.js';
import { Problem } from '../../graphql/problem.type.js';
import type { RequestContext } from '../../request-context.js';
import { connectionView } from '../connections/connection-view.js';
import { draftView } from './draft-view.js';
import type { RotationService } from './rotation.service.js';
import { reportView } from './verification-report-view.js';
import type { VerificationService } from './verification.service.js';
import { PrepareCredentialsInput, RotateCredentialsInput } from './verify.input.js';
import { CredentialsRefusedProblem, PreparedCredentials, PrepareCredentialsResult, RotateCredentialsPayload, RotateCredentialsResult } from './verify.type.js';

/** Getting credentials, and replacing them. */
@Resolver()
export class CredentialsResolver {
  readonly #verification: VerificationService;
  readonly #rotation: RotationService;
  readonly #plugins: Pick<PluginRegistry, 'get'>;

  constructor(verification: VerificationService, rotation: RotationService, plugins: Pick<PluginRegistry, 'get'>) {
    this.#verification = verification;
    this.#rotation = rotation;
    this.#plugins = plugins;
  }

  @Authorized('CONNECT')
  @Mutation(() => PrepareCredentialsResult, { description: 'Makes the generated values of a credential kind, such as an external ID, and gives the guide with them filled in.' })
  async prepareCredentials(
    @Arg('input', () => PrepareCredentialsInput, { description: 'The form so far.' }) input: PrepareCredentialsInput,
    @Ctx() context: RequestContext,
  ): Promise<PrepareCredentialsResult> {
    const outcome = await this.#verification.prepareCredentials(context, input);
    if (outcome instanceof Problem) return outcome;
    return instance(PreparedCredentials, { draft: draftView(this.#plugins, outcome.draft), guide: outcome.guide });
  }

  @Authorized('CONNECT')
  @Mutation(() => RotateCredentialsResult, { description: 'Replaces the credentials of a connection by others of the same kind, once these were seen to work.' })
  async rotateCredentials(
    @Arg('input', () => RotateCredentialsInput, { description: 'The new credentials.' }) input: RotateCredentialsInput,
    @Ctx() context: RequestContext,
  ): Promise<RotateCredentialsResult> {
    const outcome = await this.#rotation.rotate(context, input);
    if (outcome instanceof Problem) return outcome;
    const connection = connectionView(this.#plugins, outcome.connection);
    const report = reportView(outcome.report, connection.variant);
    if (report === undefined) throw new Error(`The plugin ${connection.plugin.id} gave a report of another form.`);
    if (outcome.replaced) return instance(RotateCredentialsPayload, { connection, report });
    return instance(CredentialsRefusedProblem, {
      code: 'UPSTREAM_DENIED',
      message: 'The new credentials do not work, so the present ones stay.',
      retryable: false,
      correlationId: context.correlationId,
      report,
    });
  }
}

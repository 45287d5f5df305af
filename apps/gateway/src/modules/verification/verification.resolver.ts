import type { PluginRegistry } from '@esscm/registry-core';
import { Arg, Authorized, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { instance } from '../../graphql/instance.js';
import { Problem } from '../../graphql/problem.type.js';
import type { RequestContext } from '../../request-context.js';
import { connectionView } from '../connections/connection-view.js';
import { draftView } from './draft-view.js';
import { reportView } from './verification-report-view.js';
import type { VerificationService } from './verification.service.js';
import { VerifyCredentialsInput } from './verify.input.js';
import {
  ConnectionDraft,
  VerifyConnectionPayload,
  VerifyConnectionResult,
  VerifyCredentialsPayload,
  VerifyCredentialsResult,
} from './verify.type.js';

/** Credentials and what they may do. */
@Resolver()
export class VerificationResolver {
  readonly #service: VerificationService;
  readonly #plugins: Pick<PluginRegistry, 'get'>;

  constructor(service: VerificationService, plugins: Pick<PluginRegistry, 'get'>) {
    this.#service = service;
    this.#plugins = plugins;
  }

  @Authorized('CONNECT')
  @Query(() => ConnectionDraft, { nullable: true, description: 'A draft of the requester.' })
  async connectionDraft(
    @Arg('id', () => ID, { description: 'Id of the draft.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<ConnectionDraft | undefined> {
    const draft = await this.#service.findDraft(context, id);
    return draft === undefined ? undefined : draftView(this.#plugins, draft);
  }

  @Authorized('CONNECT')
  @Mutation(() => VerifyCredentialsResult, { description: 'Saves the credential as a draft and tries every permission now.' })
  async verifyCredentials(
    @Arg('input', () => VerifyCredentialsInput, { description: 'The credential.' }) input: VerifyCredentialsInput,
    @Ctx() context: RequestContext,
  ): Promise<VerifyCredentialsResult> {
    const outcome = await this.#service.verifyCredentials(context, input);
    if (outcome instanceof Problem) return outcome;
    const draft = draftView(this.#plugins, outcome.draft);
    const report = reportView(outcome.report, draft.variant);
    if (report === undefined) throw new Error(`The plugin ${draft.plugin.id} gave a report of another form.`);
    return instance(VerifyCredentialsPayload, { draft, report });
  }

  @Authorized('CONNECT')
  @Mutation(() => VerifyConnectionResult, { description: 'Tries every permission of a connection now.' })
  async verifyConnection(
    @Arg('id', () => ID, { description: 'Id of the connection.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<VerifyConnectionResult> {
    const outcome = await this.#service.verifyConnection(context, id);
    if (outcome instanceof Problem) return outcome;
    const connection = connectionView(this.#plugins, outcome.connection);
    const report = reportView(outcome.report, connection.variant);
    if (report === undefined) throw new Error(`The plugin ${connection.plugin.id} gave a report of another form.`);
    return instance(VerifyConnectionPayload, { connection, report });
  }
}

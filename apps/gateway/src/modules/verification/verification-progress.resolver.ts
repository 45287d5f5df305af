import type { PluginRegistry } from '@esscm/registry-core';
import type { ConnectionDraftRecord, ConnectionRecord } from '@esscm/store';
import { Arg, Authorized, Ctx, ID, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql';
import { failure } from '../../graphql/failures.js';
import { instance } from '../../graphql/instance.js';
import { Problem } from '../../graphql/problem.type.js';
import { type RequestContext, requireRequester } from '../../request-context.js';
import { pluginOf } from '../plugins/plugin-view.js';
import { draftView } from './draft-view.js';
import { followVerification } from './follow-verification.js';
import {
  ConnectionVerificationStarted,
  DraftVerificationStarted,
  StartConnectionVerificationResult,
  StartCredentialVerificationResult,
  VerificationProgress,
} from './verification-progress.type.js';
import { isRunning, progressView } from './verification-progress-view.js';
import type { VerificationService } from './verification.service.js';
import { VerifyCredentialsInput } from './verify.input.js';

type Verified = ConnectionDraftRecord | ConnectionRecord;

interface FollowArguments {
  readonly draftId?: string | null | undefined;
  readonly connectionId?: string | null | undefined;
}

/** Verifications told row by row. */
@Resolver()
export class VerificationProgressResolver {
  readonly #service: VerificationService;
  readonly #plugins: Pick<PluginRegistry, 'get'>;
  readonly #now: () => Date;

  constructor(service: VerificationService, plugins: Pick<PluginRegistry, 'get'>, now: () => Date) {
    this.#service = service;
    this.#plugins = plugins;
    this.#now = now;
  }

  @Authorized('CONNECT')
  @Mutation(() => StartCredentialVerificationResult, { description: 'Saves the credential as a draft and begins to try every permission. `verificationProgress` tells the rows.' })
  async startCredentialVerification(
    @Arg('input', () => VerifyCredentialsInput, { description: 'The credential.' }) input: VerifyCredentialsInput,
    @Ctx() context: RequestContext,
  ): Promise<StartCredentialVerificationResult> {
    const draft = await this.#service.startCredentialVerification(context, input);
    if (draft instanceof Problem) return draft;
    return instance(DraftVerificationStarted, { draft: draftView(this.#plugins, draft), progress: this.#view(draft) });
  }

  @Authorized('CONNECT')
  @Mutation(() => StartConnectionVerificationResult, { description: 'Begins to try every permission of a connection. `verificationProgress` tells the rows.' })
  async startConnectionVerification(
    @Arg('id', () => ID, { description: 'Id of the connection.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<StartConnectionVerificationResult> {
    const connection = await this.#service.startConnectionVerification(context, id);
    return connection instanceof Problem ? connection : instance(ConnectionVerificationStarted, { progress: this.#view(connection) });
  }

  @Authorized('CONNECT')
  @Query(() => VerificationProgress, { nullable: true, description: 'How far a verification is; for clients that cannot follow it.' })
  async verificationProgress(
    @Arg('draftId', () => ID, { nullable: true, description: 'Of a draft of the requester.' }) draftId: string | null | undefined,
    @Arg('connectionId', () => ID, { nullable: true, description: 'Of a connection.' }) connectionId: string | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<VerificationProgress | undefined> {
    const record = await findVerified(context, { draftId, connectionId });
    return record === undefined ? undefined : this.#view(record);
  }

  @Authorized('CONNECT')
  @Subscription(() => VerificationProgress, {
    name: 'verificationProgress',
    description: 'Every row of a verification as it becomes known. The first event is the present state, the last one has the report.',
    subscribe: ({ args, context }: { args: FollowArguments; context: RequestContext }) => {
      const id = args.draftId ?? args.connectionId;
      if ((args.draftId == null) === (args.connectionId == null) || id == null) throw failure('BAD_USER_INPUT', 'Give either `draftId` or `connectionId`.');
      return followVerification({
        events: context.follow.jobs.events,
        id,
        read: () => findVerified(context, args),
        isRunning: (record) => isRunning(record, context.follow.clock?.now() ?? new Date()),
        signal: context.signal,
      });
    },
  })
  followVerification(
    @Root() record: Verified,
    @Arg('draftId', () => ID, { nullable: true, description: 'Of a draft of the requester.' }) _draftId?: string | null,
    @Arg('connectionId', () => ID, { nullable: true, description: 'Of a connection.' }) _connectionId?: string | null,
  ): VerificationProgress {
    return this.#view(record);
  }

  #view(record: Verified): VerificationProgress {
    return progressView(record, pluginOf(this.#plugins, record).variant, this.#now());
  }
}

/** A draft of the requester, or a connection of the organisation. */
async function findVerified(context: RequestContext, { draftId, connectionId }: FollowArguments): Promise<Verified | undefined> {
  const { organization, userId } = requireRequester(context);
  const { store, clock } = context.follow;
  if (connectionId != null) return await store.connections.find(organization.id, connectionId);
  const draft = draftId == null ? undefined : await store.drafts.find(organization.id, draftId, clock?.now() ?? new Date());
  return draft?.createdBy === userId ? draft : undefined;
}

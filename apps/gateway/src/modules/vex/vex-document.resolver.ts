import type { Store } from '@esscm/store';
import { Arg, Authorized, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { instance } from '../../graphql/instance.js';
import { readPage } from '../../graphql/paging.js';
import { conflictProblem, notFoundProblem, throttledProblem, validationProblem } from '../../graphql/problems.js';
import { type RequestContext, requireRequester } from '../../request-context.js';
import { imageView } from '../images/image-view.js';
import { Image } from '../images/image.type.js';
import { AddVexAddressInput, VexDocumentFilterInput } from './vex-document.input.js';
import {
  AttachedVexTrust,
  AttachedVexTrustResult,
  RemoveVexDocumentPayload,
  RemoveVexDocumentResult,
  VexDocument,
  VexDocumentConnection,
  VexDocumentEffect,
  VexDocumentPayload,
  VexDocumentProblem,
  VexDocumentResult,
  VexProgress,
  VexStatementConnection,
} from './vex-document.type.js';
import { vexDocumentView, vexStatementView } from './vex-view.js';
import type { KeptVex, RefusedVex, VexAuthor, VexService } from './vex.service.js';

const maximumName = 200;
const maximumAddress = 2000;
const connectionsShown = 100;

/** VEX documents: what authors say of vulnerabilities, and what that changes here. */
@Resolver(() => VexDocument)
export class VexDocumentResolver {
  readonly #store: Pick<Store, 'vex' | 'connections'>;
  readonly #service: VexService;

  constructor(store: Pick<Store, 'vex' | 'connections'>, service: VexService) {
    this.#store = store;
    this.#service = service;
  }

  @Authorized('READ')
  @Query(() => VexDocumentConnection, { description: 'VEX documents, those that changed last first.' })
  vexDocuments(
    @Arg('first', () => Int, { defaultValue: 50, description: '1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the entry before the page.' }) after: string | null | undefined,
    @Arg('filter', () => VexDocumentFilterInput, { nullable: true, description: 'Which documents; all without it.' }) filter: VexDocumentFilterInput | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<VexDocumentConnection> {
    const wanted = { ...(filter?.sources != null && { sources: filter.sources }), ...(filter?.imageId != null && { imageId: filter.imageId }) };
    return readPage({ first, after }, (page) => this.#store.vex.list(requireRequester(context).organization.id, wanted, page), vexDocumentView);
  }

  @Authorized('READ')
  @Query(() => VexDocument, { nullable: true, description: 'One document; null when there is none.' })
  async vexDocument(@Arg('id', () => ID, { description: 'Id of the document.' }) id: string, @Ctx() context: RequestContext): Promise<VexDocument | undefined> {
    const record = await this.#store.vex.find(requireRequester(context).organization.id, id);
    return record && vexDocumentView(record);
  }

  @Authorized('READ')
  @Query(() => VexProgress, { description: 'How far documents have been applied to stored images.' })
  async vexProgress(@Ctx() context: RequestContext): Promise<VexProgress> {
    return { imagesBehind: await this.#store.vex.countBehind(requireRequester(context).organization.id) };
  }

  @Authorized('READ')
  @Query(() => [AttachedVexTrust], { description: 'For each connection, whether VEX documents attached to its images count; at most 100.' })
  async attachedVexTrusts(@Ctx() context: RequestContext): Promise<readonly AttachedVexTrust[]> {
    const organizationId = requireRequester(context).organization.id;
    const { items } = await this.#store.connections.list(organizationId, { first: connectionsShown });
    const trusts = new Map((await this.#store.vex.trusts(organizationId)).map((trust) => [trust.connectionId, trust]));
    return items.map(({ id, name }) => ({ connectionId: id, connectionName: name, trusted: trusts.has(id), trustedBy: trusts.get(id)?.trustedBy, trustedAt: trusts.get(id)?.trustedAt }));
  }

  @Authorized('TRIAGE')
  @Mutation(() => VexDocumentResult, { description: 'Fetches a VEX document from an address, keeps it, and fetches it again every day. Files are sent to `POST /api/vex-documents`.' })
  async addVexAddress(@Arg('input', () => AddVexAddressInput, { description: 'Which address.' }) input: AddVexAddressInput, @Ctx() context: RequestContext): Promise<VexDocumentResult> {
    const url = input.address.length <= maximumAddress ? URL.parse(input.address.trim()) : null;
    if (url === null) return validationProblem(context, [{ field: 'address', message: 'Give the address of the document, beginning with https://.' }]);
    // They would be shown to everybody who may read, and sent to wherever the address leads.
    if (url.username !== '' || url.password !== '') return validationProblem(context, [{ field: 'address', message: 'An address with a user name or password is not kept.' }]);
    const name = input.name?.trim() ?? '';
    if (name.length > maximumName) return validationProblem(context, [{ field: 'name', message: `A name has at most ${maximumName} characters.` }]);
    url.hash = '';
    return outcomeView(context, await this.#service.addAddress(authorOf(context), url.href, name === '' ? undefined : name, context.signal));
  }

  @Authorized('TRIAGE')
  @Mutation(() => VexDocumentResult, { description: 'Asks the address of a document now.' })
  async refreshVexDocument(@Arg('id', () => ID, { description: 'Id of a document with an address.' }) id: string, @Ctx() context: RequestContext): Promise<VexDocumentResult> {
    const document = await this.#store.vex.find(requireRequester(context).organization.id, id);
    if (document === undefined) return notFoundProblem(context, 'document');
    if (document.source !== 'address') return conflictProblem(context, 'This document has no address to ask.');
    const outcome = await this.#service.refresh(authorOf(context), document, context.signal);
    return outcome === undefined ? notFoundProblem(context, 'document') : outcomeView(context, outcome);
  }

  @Authorized('TRIAGE')
  @Mutation(() => RemoveVexDocumentResult, { description: 'Removes a document. What it decided falls to the next statement, or is open again.' })
  async removeVexDocument(@Arg('id', () => ID, { description: 'Id of the document.' }) id: string, @Ctx() context: RequestContext): Promise<RemoveVexDocumentResult> {
    const organizationId = requireRequester(context).organization.id;
    const document = await this.#store.vex.find(organizationId, id);
    if (document?.source === 'attached') return conflictProblem(context, 'This document is attached to an image in its registry, and would be read again. Remove it there, or no longer trust what is attached in this connection.');
    return document !== undefined && (await this.#service.remove(organizationId, id)) ? instance(RemoveVexDocumentPayload, { id }) : notFoundProblem(context, 'document');
  }

  @Authorized('ADMIN')
  @Mutation(() => AttachedVexTrustResult, { description: 'Says whether VEX documents attached to the images of a connection count. Whoever may push to its registry can then settle findings of their images.' })
  async setAttachedVexTrust(
    @Arg('connectionId', () => ID, { description: 'Id of the connection.' }) connectionId: string,
    @Arg('trusted', () => Boolean, { description: 'Whether they count.' }) trusted: boolean,
    @Ctx() context: RequestContext,
  ): Promise<AttachedVexTrustResult> {
    const { organization, name } = requireRequester(context);
    if (!(await this.#service.setTrust(organization.id, connectionId, trusted ? name : undefined))) return notFoundProblem(context, 'connection');
    const [connection] = await this.#store.connections.findMany(organization.id, [connectionId]);
    const trust = (await this.#store.vex.trusts(organization.id)).find((each) => each.connectionId === connectionId);
    return instance(AttachedVexTrust, { connectionId, connectionName: connection?.name ?? '', trusted, trustedBy: trust?.trustedBy, trustedAt: trust?.trustedAt });
  }

  @FieldResolver(() => VexDocumentEffect, { description: 'What comes of it now.' })
  async effect(@Root() document: VexDocument, @Ctx() context: RequestContext): Promise<VexDocumentEffect> {
    const nothing = { findings: 0, images: 0, hidden: 0, overruled: 0, reopens: 0, silentStatements: document.statementCount };
    return (await context.loaders.vexEffects.load(document.id)) ?? nothing;
  }

  @FieldResolver(() => Image, { nullable: true, description: 'The image it is attached to.' })
  async image(@Root() document: VexDocument, @Ctx() context: RequestContext): Promise<Image | undefined> {
    const record = document.imageId === undefined ? undefined : await context.loaders.images.load(document.imageId);
    return record && imageView(record);
  }

  @FieldResolver(() => VexStatementConnection, { description: 'What it says, in its own order.' })
  statements(
    @Root() document: VexDocument,
    @Arg('first', () => Int, { defaultValue: 50, description: '1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the entry before the page.' }) after: string | null | undefined,
    @Arg('silent', () => Boolean, { nullable: true, description: 'Only those that speak of no finding, or only those that do.' }) silent: boolean | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<VexStatementConnection> {
    const organizationId = requireRequester(context).organization.id;
    return readPage({ first, after }, (page) => this.#store.vex.statements(organizationId, document.id, { ...(silent != null && { silent }) }, page), vexStatementView(document));
  }
}

function authorOf(context: RequestContext): VexAuthor {
  const { organization, userId, name } = requireRequester(context);
  return { organizationId: organization.id, userId, name };
}

function outcomeView(context: RequestContext, outcome: KeptVex | RefusedVex): VexDocumentResult {
  if ('retryAfterMs' in outcome) return throttledProblem(context, outcome.retryAfterMs);
  if ('failure' in outcome) {
    const { code: reason, message, remedy } = outcome.failure;
    const code = reason === 'vex-too-large' || reason === 'limit' ? 'LIMIT_EXCEEDED' : reason === 'vex-malformed' ? 'INVALID_INPUT' : 'UPSTREAM_UNAVAILABLE';
    return instance(VexDocumentProblem, { code, message, retryable: code === 'UPSTREAM_UNAVAILABLE', correlationId: context.correlationId, remedy, reason });
  }
  return instance(VexDocumentPayload, { document: vexDocumentView(outcome.document), outcome: outcome.outcome });
}

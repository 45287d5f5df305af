import type { ScanLogRecord, ScanRecord, Store } from '@esscm/store';
import { Arg, Authorized, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql';
import { failure } from '../../graphql/failures.js';
import { instance } from '../../graphql/instance.js';
import { readPage } from '../../graphql/paging.js';
import { Problem } from '../../graphql/problem.type.js';
import { type RequestContext, requireRequester } from '../../request-context.js';
import { imageView } from '../images/image-view.js';
import { Image } from '../images/image.type.js';
import { followScanLog } from './follow-scan-log.js';
import { followScans } from './follow-scans.js';
import { ScanFilterInput } from './scan.input.js';
import { ScanLogLine } from './scan-log.type.js';
import type { ScanService } from './scan.service.js';
import { Scan, ScanConnection, ScanPayload, ScanResult } from './scan.type.js';
import { scanView } from './scan-view.js';

/** Most scans one subscription names. */
const maximumFollowed = 500;

/** Characters of a search; what follows is left out. */
const maximumSearch = 200;

interface FollowArguments {
  readonly ids?: readonly string[] | null;
  readonly connectionId?: string | null;
}

interface FollowLogArguments {
  readonly scanId: string;
  readonly after: number;
}

/** Scans, their progress and their logs. */
@Resolver(() => Scan)
export class ScanResolver {
  readonly #store: Store;
  readonly #service: ScanService;

  constructor(store: Store, service: ScanService) {
    this.#store = store;
    this.#service = service;
  }

  @Authorized('READ')
  @Query(() => ScanConnection, { description: 'Scans of the organisation: those that run, those that wait, those that have ended, each with the last begun first.' })
  scans(
    @Arg('first', () => Int, { defaultValue: 50, description: '1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the entry before the page.' }) after: string | null | undefined,
    @Arg('filter', () => ScanFilterInput, { nullable: true, description: 'Which scans; all without it.' }) filter: ScanFilterInput | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<ScanConnection> {
    const organizationId = requireRequester(context).organization.id;
    const search = filter?.search?.trim().slice(0, maximumSearch);
    const wanted = {
      ...(filter?.states != null && { states: filter.states }),
      ...(filter?.connectionId != null && { connectionId: filter.connectionId }),
      ...(search !== undefined && search !== '' && { search }),
      ...(filter?.imageId != null && { trackedImageId: filter.imageId }),
    };
    return readPage({ first, after }, (page) => this.#store.scans.list(organizationId, wanted, page), scanView);
  }

  @Authorized('READ')
  @Query(() => Scan, { nullable: true, description: 'One scan.' })
  async scan(@Arg('id', () => ID, { description: 'Id of the scan.' }) id: string, @Ctx() context: RequestContext): Promise<Scan | undefined> {
    const record = await this.#store.scans.find(requireRequester(context).organization.id, id);
    return record === undefined ? undefined : scanView(record);
  }

  @Authorized('READ')
  @Query(() => [ScanLogLine], { description: 'What a scan wrote about itself, oldest first: its newest 500 lines, kept for 30 days.' })
  scanLog(
    @Arg('scanId', () => ID, { description: 'Id of the scan.' }) scanId: string,
    @Arg('after', () => Int, { defaultValue: 0, description: 'Only lines after this position.' }) after: number,
    @Ctx() context: RequestContext,
  ): Promise<readonly ScanLogLine[]> {
    return this.#store.scanLogs.read(requireRequester(context).organization.id, scanId, after);
  }

  @Authorized('SCAN')
  @Mutation(() => ScanResult, { description: 'Scans an image again. The scan that is queued or running already is given back instead of a second.' })
  async requestScan(
    @Arg('imageId', () => ID, { description: 'Id of the image.' }) imageId: string,
    @Ctx() context: RequestContext,
  ): Promise<ScanResult> {
    return answer(await this.#service.request(context, imageId));
  }

  @Authorized('SCAN')
  @Mutation(() => ScanResult, { description: 'Starts a new scan of the image of a scan that has ended.' })
  async retryScan(@Arg('id', () => ID, { description: 'Id of the ended scan.' }) id: string, @Ctx() context: RequestContext): Promise<ScanResult> {
    return answer(await this.#service.retry(context, id));
  }

  @Authorized('SCAN')
  @Mutation(() => ScanResult, { description: 'Stops a scan that is queued or running.' })
  async cancelScan(@Arg('id', () => ID, { description: 'Id of the scan.' }) id: string, @Ctx() context: RequestContext): Promise<ScanResult> {
    return answer(await this.#service.cancel(context, id));
  }

  @Authorized('READ')
  @Subscription(() => Scan, {
    description: 'Every change of the named scans, or of all scans of a connection. The first events are the present state.',
    subscribe: ({ args, context }: { args: FollowArguments; context: RequestContext }) => {
      const { ids, connectionId } = args;
      if ((ids == null) === (connectionId == null)) throw failure('BAD_USER_INPUT', 'Give either `ids` or `connectionId`.');
      if (ids != null && ids.length > maximumFollowed) throw failure('BAD_USER_INPUT', `\`ids\` names at most ${maximumFollowed} scans.`);
      return followScans({
        ...context.follow,
        organizationId: requireRequester(context).organization.id,
        scans: ids == null ? { connectionId: connectionId ?? '' } : { ids },
        signal: context.signal,
      });
    },
  })
  scanProgress(
    @Root() scan: ScanRecord,
    @Ctx() context: RequestContext,
    @Arg('ids', () => [ID], { nullable: true, description: 'Scans to follow, at most 500.' }) _ids?: readonly string[] | null,
    @Arg('connectionId', () => ID, { nullable: true, description: 'Follow all scans of this connection.' }) _connectionId?: string | null,
  ): Scan {
    context.renewLoaders();
    return scanView(scan);
  }

  @Authorized('READ')
  @Subscription(() => [ScanLogLine], {
    description: 'Lines of the log of a scan as they are written, several at a time. The first event has those there are.',
    subscribe: ({ args: { scanId, after }, context }: { args: FollowLogArguments; context: RequestContext }) =>
      followScanLog({ ...context.follow, organizationId: requireRequester(context).organization.id, scanId, after, signal: context.signal }),
  })
  scanLogLines(
    @Root() lines: readonly ScanLogRecord[],
    @Arg('scanId', () => ID, { description: 'Id of the scan.' }) _scanId: string,
    @Arg('after', () => Int, { defaultValue: 0, description: 'Only lines after this position.' }) _after: number,
  ): readonly ScanLogLine[] {
    return lines;
  }

  @FieldResolver(() => Int, { nullable: true, description: 'Queued scans that begin before this one; null when it does not wait.' })
  async aheadCount(@Root() scan: Scan, @Ctx() context: RequestContext): Promise<number | undefined> {
    return scan.state === 'queued' ? await context.loaders.scansAhead.load(scan.id) : undefined;
  }

  @FieldResolver(() => Image, { description: 'What is scanned.' })
  async image(@Root() scan: Scan, @Ctx() context: RequestContext): Promise<Image> {
    const record = await context.loaders.images.load(scan.imageId);
    if (record === undefined) throw new Error(`The scan ${scan.id} names an image that is gone.`);
    return imageView(record);
  }
}

function answer(outcome: Awaited<ReturnType<ScanService['cancel']>>): ScanResult {
  return outcome instanceof Problem ? outcome : instance(ScanPayload, { scan: scanView(outcome) });
}

import type { FindingEventFilter, FindingEventRecord, FindingVexChange, Store } from '@esscm/store';
import { Arg, Authorized, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { readPage } from '../../graphql/paging.js';
import { type RequestContext, requireRequester } from '../../request-context.js';
import { imageView } from '../images/image-view.js';
import { Image } from '../images/image.type.js';
import { FindingEventFilterInput } from './finding-event.input.js';
import { FindingEvent, FindingEventConnection } from './finding-event.type.js';

/** What happened to findings: new, changed and resolved. */
@Resolver(() => FindingEvent)
export class FindingEventResolver {
  readonly #store: Pick<Store, 'findings'>;

  constructor(store: Pick<Store, 'findings'>) {
    this.#store = store;
  }

  @Authorized('READ')
  @Query(() => FindingEventConnection, { description: 'What happened to findings after their images were first matched, newest first.' })
  findingEvents(
    @Arg('first', () => Int, { defaultValue: 50, description: '1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the entry before the page.' }) after: string | null | undefined,
    @Arg('filter', () => FindingEventFilterInput, { nullable: true, description: 'Which events; all without it.' }) filter: FindingEventFilterInput | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<FindingEventConnection> {
    const wanted: FindingEventFilter = {
      ...(filter?.imageId != null && { imageId: filter.imageId }),
      ...(filter?.vulnerabilityId != null && { vulnerability: filter.vulnerabilityId }),
      ...(filter?.packageKey != null && { packageKey: filter.packageKey }),
      ...(filter?.kinds != null && { kinds: filter.kinds }),
      ...(filter?.since != null && { since: filter.since }),
    };
    const organizationId = requireRequester(context).organization.id;
    return readPage({ first, after }, (page) => this.#store.findings.events(organizationId, wanted, page), eventView);
  }

  @FieldResolver(() => Image, { description: 'The image it happened in.' })
  async image(@Root() event: FindingEvent, @Ctx() context: RequestContext): Promise<Image> {
    const record = await context.loaders.images.load(event.imageId);
    if (record === undefined) throw new Error(`An event names the image ${event.imageId}, which is gone.`);
    return imageView(record);
  }
}

function eventView({ id, revision, vulnerability, changes = {}, ...record }: FindingEventRecord): FindingEvent {
  const { vex, ...rest } = changes;
  const changed = Object.entries(rest) as [string, readonly [string | null, string | null]][];
  const said = vex === undefined ? [] : [{ name: 'vex', before: inWords(vex[0]), after: inWords(vex[1]) }];
  return { ...record, id: String(id), advisoryRevision: revision, vulnerabilityId: vulnerability, changes: [...changed.map(([name, [before, after]]) => ({ name, before, after })), ...said] };
}

/** Such as `not affected according to vendor.json by Vendor`. */
function inWords(said: FindingVexChange | null): string | null {
  return said === null ? null : `${said.status.replaceAll('_', ' ')} according to ${said.document} by ${said.author}`;
}

import type { FindingDetailRecord, FindingFilter, Store } from '@esscm/store';
import { Arg, Authorized, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { readPage } from '../../graphql/paging.js';
import { type RequestContext, requireRequester } from '../../request-context.js';
import { imageView } from '../images/image-view.js';
import { Image } from '../images/image.type.js';
import { decisionView } from '../triage/decision-view.js';
import { Decision, FindingState } from '../triage/decision.type.js';
import { FindingGroupConnection, FindingGrouping } from './finding-group.type.js';
import { readFindings } from './finding-reader.js';
import { findingFilter, findingGroupView, findingView, readFindingId } from './finding-view.js';
import { FindingFilterInput, FindingGroupSort, FindingSort } from './finding.input.js';
import { Evidence, Finding, FindingConnection, Rating } from './finding.type.js';

/** Findings, and what the lists leave out of them. */
@Resolver(() => Finding)
export class FindingResolver {
  readonly #store: Store;
  readonly #now: () => Date;

  constructor(store: Store, now: () => Date) {
    this.#store = store;
    this.#now = now;
  }

  @Authorized('READ')
  @Query(() => FindingConnection, { description: 'Findings of what images show now, over the whole organisation.' })
  findings(
    @Arg('first', () => Int, { defaultValue: 50, description: '1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the entry before the page.' }) after: string | null | undefined,
    @Arg('filter', () => FindingFilterInput, { nullable: true, description: 'Which findings; all without it.' }) filter: FindingFilterInput | null | undefined,
    @Arg('sort', () => FindingSort, { defaultValue: FindingSort.IMPORTANCE, description: 'In which order.' }) sort: FindingSort,
    @Arg('reversed', () => Boolean, { defaultValue: false, description: 'The other way round.' }) reversed: boolean,
    @Ctx() context: RequestContext,
  ): Promise<FindingConnection> {
    return readFindings(this.#store, requireRequester(context).organization.id, findingFilter(filter, this.#now()), sort, { first, after, reversed });
  }

  @Authorized('READ')
  @Query(() => FindingGroupConnection, { description: 'The same findings put together by vulnerability, component or image.' })
  findingGroups(
    @Arg('groupBy', () => FindingGrouping, { description: 'What to put together by.' }) groupBy: FindingGrouping,
    @Arg('first', () => Int, { defaultValue: 50, description: '1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the entry before the page.' }) after: string | null | undefined,
    @Arg('filter', () => FindingFilterInput, { nullable: true, description: 'Which findings; all without it.' }) filter: FindingFilterInput | null | undefined,
    @Arg('sort', () => FindingGroupSort, { defaultValue: FindingGroupSort.IMPORTANCE, description: 'In which order.' }) sort: FindingGroupSort,
    @Arg('reversed', () => Boolean, { defaultValue: false, description: 'The other way round.' }) reversed: boolean,
    @Ctx() context: RequestContext,
  ): Promise<FindingGroupConnection> {
    const organizationId = requireRequester(context).organization.id;
    const wanted: FindingFilter = findingFilter(filter, this.#now());
    return readPage({ first, after }, (page) => this.#store.findings.groups(organizationId, groupBy, wanted, { ...page, sort, reversed }), findingGroupView(groupBy));
  }

  @Authorized('READ')
  @Query(() => Finding, { nullable: true, description: 'One finding; null when the image shows another content by now, or the finding is gone.' })
  async finding(@Arg('id', () => ID, { description: 'Id of the finding.' }) id: string, @Ctx() context: RequestContext): Promise<Finding | undefined> {
    const key = readFindingId(id);
    const record = key && (await this.#store.findings.find(requireRequester(context).organization.id, key));
    return record && findingView(record);
  }

  @FieldResolver(() => Image, { description: 'The image it is in.' })
  async image(@Root() finding: Finding, @Ctx() context: RequestContext): Promise<Image> {
    const record = await context.loaders.images.load(finding.imageId);
    if (record === undefined) throw new Error(`A finding names the image ${finding.imageId}, which is gone.`);
    return imageView(record);
  }

  @FieldResolver(() => FindingState, { description: 'What was decided about it and holds now: by people, or else by VEX documents.' })
  async state(@Root() finding: Finding, @Ctx() context: RequestContext): Promise<FindingState> {
    return (await context.loaders.countingDecisions.load(finding))?.state ?? (await context.loaders.vexVerdicts.load(finding))?.status ?? FindingState.UNTRIAGED;
  }

  @FieldResolver(() => Decision, { nullable: true, description: 'The decision that counts for it: the narrowest that holds.' })
  async decision(@Root() finding: Finding, @Ctx() context: RequestContext): Promise<Decision | undefined> {
    const record = await context.loaders.countingDecisions.load(finding);
    return record && decisionView(record);
  }

  @FieldResolver(() => String, { description: 'What the vulnerability is, in the words of an advisory; may be empty.' })
  async summary(@Root() finding: Finding, @Ctx() context: RequestContext): Promise<string> {
    return (await detailOf(finding, context)).summary;
  }

  @FieldResolver(() => [String], { description: 'Every identifier of the vulnerability.' })
  async identifiers(@Root() finding: Finding, @Ctx() context: RequestContext): Promise<readonly string[]> {
    return (await detailOf(finding, context)).identifiers;
  }

  @FieldResolver(() => [Rating], { description: 'Every rating there is, the preferred one first.' })
  async ratings(@Root() finding: Finding, @Ctx() context: RequestContext): Promise<readonly Rating[]> {
    return (await detailOf(finding, context)).ratings.map(({ level, ...rating }) => ({ ...rating, severity: level }));
  }

  @FieldResolver(() => [String], { description: 'Fixed versions of other branches.' })
  async alsoFixedIn(@Root() finding: Finding, @Ctx() context: RequestContext): Promise<readonly string[]> {
    return (await detailOf(finding, context)).alsoFixedIn;
  }

  @FieldResolver(() => [Evidence], { description: 'Why it is reported: each record that says so.' })
  async evidence(@Root() finding: Finding, @Ctx() context: RequestContext): Promise<readonly Evidence[]> {
    return (await detailOf(finding, context)).evidence;
  }

  @FieldResolver(() => [String], { description: 'What to know when judging it, such as sources that disagree.' })
  async notes(@Root() finding: Finding, @Ctx() context: RequestContext): Promise<readonly string[]> {
    return (await detailOf(finding, context)).notes;
  }

  @FieldResolver(() => String, { nullable: true, description: 'The build instruction of the layer that brought the component in.' })
  async instruction(@Root() finding: Finding, @Ctx() context: RequestContext): Promise<string | undefined> {
    const layers = finding.layerIndex === undefined ? [] : await context.loaders.layersOfContent.load(finding.contentId);
    return layers.find((layer) => layer.index === finding.layerIndex)?.createdBy;
  }
}

async function detailOf({ fingerprint }: Finding, context: RequestContext): Promise<FindingDetailRecord> {
  const detail = await context.loaders.findingDetails.load(fingerprint);
  if (detail === undefined) throw new Error(`The detail ${fingerprint} of a finding is missing.`);
  return detail;
}

import type { ComparedPair, Store, TrackedImageRecord } from '@esscm/store';
import { Arg, Authorized, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { listPage } from '../../graphql/list-page.js';
import { type RequestContext, requireRequester } from '../../request-context.js';
import { imageView } from '../images/image-view.js';
import { bothJudged } from './both-judged.js';
import { type ComponentChanges, componentChanges } from './component-changes.js';
import { ComponentChangeConnection, ComponentChangeCounts, ComponentChangeKind, ImageComparison, LayerChange, LicenceChange } from './image-comparison.type.js';
import { layerChanges } from './layer-changes.js';
import { licenceChanges } from './licence-changes.js';

/** Two images, told apart on the server. */
@Resolver(() => ImageComparison)
export class ImageComparisonResolver {
  readonly #store: Pick<Store, 'images' | 'contents' | 'findings' | 'comparisons'>;
  /** Of the comparisons in hand: counts and page are two fields of one answer. By their pairs, as each field is given a copy of the comparison. */
  readonly #changes = new WeakMap<ComparedPair, Promise<ComponentChanges>>();

  constructor(store: Pick<Store, 'images' | 'contents' | 'findings' | 'comparisons'>) {
    this.#store = store;
  }

  @Authorized('READ')
  @Query(() => ImageComparison, { nullable: true, description: 'What differs between two images; null when either is gone or has no result yet.' })
  async compareImages(
    @Arg('from', () => ID, { description: 'Id of the earlier image.' }) from: string,
    @Arg('to', () => ID, { description: 'Id of the later image.' }) to: string,
    @Ctx() context: RequestContext,
  ): Promise<ImageComparison | undefined> {
    const images = await this.#store.images.findMany(requireRequester(context).organization.id, [from, to]);
    const [one, other] = [from, to].map((id) => images.find((image) => image.id === id));
    if (one?.contentId === undefined || other?.contentId === undefined) return undefined;
    const side = (image: TrackedImageRecord, contentId: string) => ({ imageId: image.id, contentId });
    return { from: imageView(one), to: imageView(other), pair: { from: side(one, one.contentId), to: side(other, other.contentId) } };
  }

  @FieldResolver(() => ComponentChangeCounts, { description: 'Components by what became of them.' })
  async componentCounts(@Root() comparison: ImageComparison, @Ctx() context: RequestContext): Promise<ComponentChangeCounts> {
    const { changes, unchangedCount } = await this.#componentChanges(comparison, context);
    const count = (kind: ComponentChangeKind): number => changes.filter((change) => change.kind === kind).length;
    return { added: count('ADDED'), removed: count('REMOVED'), upgraded: count('UPGRADED'), downgraded: count('DOWNGRADED'), changed: count('CHANGED'), unchanged: unchangedCount };
  }

  @FieldResolver(() => ComponentChangeConnection, { description: 'Components that differ, what adds risk first.' })
  async components(
    @Root() comparison: ImageComparison,
    @Arg('first', () => Int, { defaultValue: 50, description: '1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the entry before the page.' }) after: string | null | undefined,
    @Arg('kinds', () => [ComponentChangeKind], { nullable: true, description: 'Only these; all without it.' }) kinds: readonly ComponentChangeKind[] | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<ComponentChangeConnection> {
    const { changes } = await this.#componentChanges(comparison, context);
    const wanted = kinds == null ? changes : changes.filter(({ kind }) => kinds.includes(kind));
    return listPage(wanted, { first, after }, ({ packageKey }) => packageKey);
  }

  @FieldResolver(() => [LayerChange], { description: 'Layers of both images in build order.' })
  async layers(@Root() { pair }: ImageComparison, @Ctx() context: RequestContext): Promise<readonly LayerChange[]> {
    const organizationId = requireRequester(context).organization.id;
    const [from, to] = await Promise.all([this.#store.contents.layers(organizationId, pair.from.contentId), this.#store.contents.layers(organizationId, pair.to.contentId)]);
    return layerChanges(from, to);
  }

  @FieldResolver(() => [LicenceChange], { description: 'Licences that the images do not hold equally often.' })
  async licences(@Root() { pair }: ImageComparison, @Ctx() context: RequestContext): Promise<readonly LicenceChange[]> {
    const organizationId = requireRequester(context).organization.id;
    const [from, to] = await Promise.all([
      this.#store.contents.countByLicence(organizationId, pair.from.contentId),
      this.#store.contents.countByLicence(organizationId, pair.to.contentId),
    ]);
    return licenceChanges(from, to);
  }

  #componentChanges({ pair }: ImageComparison, context: RequestContext): Promise<ComponentChanges> {
    const known = this.#changes.get(pair);
    if (known !== undefined) return known;
    const made = this.#compareComponents(pair, requireRequester(context).organization.id);
    this.#changes.set(pair, made);
    return made;
  }

  async #compareComponents(pair: ComparedPair, organizationId: string): Promise<ComponentChanges> {
    const [differences, judged] = await Promise.all([this.#store.comparisons.components(organizationId, pair), bothJudged(this.#store, organizationId, pair)]);
    return componentChanges(differences, judged ? await this.#store.comparisons.byPackage(organizationId, pair) : []);
  }
}

import { documentFormats, parseCatalogue } from '@esscm/sbom';
import type { Store } from '@esscm/store';
import { Arg, Authorized, Ctx, FieldResolver, ID, Int, Resolver, Root } from 'type-graphql';
import { readPage } from '../../graphql/paging.js';
import { type RequestContext, requireRequester } from '../../request-context.js';
import { ComponentConnection, ComponentSort, LicenceCount } from './component.type.js';
import { ComponentDependencies } from './dependencies.type.js';
import { dependencyView } from './dependency-view.js';
import { readFindings } from '../findings/finding-reader.js';
import { countsView, findingFilter, matchingView } from '../findings/finding-view.js';
import { FindingFilterInput, FindingSort } from '../findings/finding.input.js';
import { FindingConnection } from '../findings/finding.type.js';
import { Matching } from '../findings/matching.type.js';
import { EcosystemCount, ImageContent, Layer, LayerFindings, SbomDownload } from './image-content.type.js';
import { sbomPath } from './sbom-path.js';

/** What is in an image. Reached only through an image of the organisation. */
@Resolver(() => ImageContent)
export class ImageContentResolver {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  @FieldResolver(() => [EcosystemCount], { description: 'Components by ecosystem.' })
  ecosystems(@Root() content: ImageContent, @Ctx() context: RequestContext): Promise<readonly EcosystemCount[]> {
    return this.#store.contents.countByEcosystem(requireRequester(context).organization.id, content.id);
  }

  @FieldResolver(() => [Layer], { description: 'Base layer first.' })
  layers(@Root() content: ImageContent, @Ctx() context: RequestContext): Promise<readonly Layer[]> {
    return this.#store.contents.layers(requireRequester(context).organization.id, content.id);
  }

  @Authorized('READ')
  @FieldResolver(() => [LayerFindings], { description: 'What each layer brings in; layers without findings are left out, and before the first match all are: see `matching`.' })
  async layerFindings(@Root() content: ImageContent, @Ctx() context: RequestContext): Promise<readonly LayerFindings[]> {
    const layers = await this.#store.contents.findingsByLayer(requireRequester(context).organization.id, content.id);
    return layers.map(({ counts, ...layer }) => ({ ...layer, counts: countsView(counts) }));
  }

  @Authorized('READ')
  @FieldResolver(() => ComponentConnection, { description: 'Components.' })
  async components(
    @Root() content: ImageContent,
    @Arg('first', () => Int, { defaultValue: 50, description: '1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the entry before the page.' }) after: string | null | undefined,
    @Arg('search', () => String, { nullable: true, description: 'Part of the name or the package URL.' }) search: string | null | undefined,
    @Arg('ecosystem', () => String, { nullable: true, description: 'Of one ecosystem.' }) ecosystem: string | null | undefined,
    @Arg('layerIndex', () => Int, { nullable: true, description: 'Brought in by one layer.' }) layerIndex: number | null | undefined,
    @Arg('licence', () => String, { nullable: true, description: 'With this licence, as `licences` names it; an empty text finds those that declare none.' }) licence: string | null | undefined,
    @Arg('sort', () => ComponentSort, { defaultValue: ComponentSort.NAME, description: 'In which order.' }) sort: ComponentSort,
    @Arg('reversed', () => Boolean, { defaultValue: false, description: 'The other way round.' }) reversed: boolean,
    @Ctx() context: RequestContext,
  ): Promise<ComponentConnection> {
    const organizationId = requireRequester(context).organization.id;
    const filter = {
      ...(search != null && search !== '' && { search }),
      ...(ecosystem != null && { ecosystem }),
      ...(layerIndex != null && { layerIndex }),
      ...(licence != null && { licence }),
    };
    const [page, totalCount] = await Promise.all([
      readPage(
        { first, after },
        (request) => this.#store.contents.components(organizationId, content.id, filter, request, { by: sort, reversed }),
        (component) => component,
      ),
      this.#store.contents.countComponents(organizationId, content.id, filter),
    ]);
    const edges = page.edges.map((edge) => ({ ...edge, findingCounts: edge.node.findingCounts && countsView(edge.node.findingCounts) }));
    return { ...page, edges, totalCount };
  }

  @FieldResolver(() => [LicenceCount], { description: 'Components by licence, most first.' })
  licences(@Root() content: ImageContent, @Ctx() context: RequestContext): Promise<readonly LicenceCount[]> {
    return this.#store.contents.countByLicence(requireRequester(context).organization.id, content.id);
  }

  @FieldResolver(() => ComponentDependencies, { nullable: true, description: 'One component among those it needs and those that need it; null when there is no such component.' })
  async dependencies(
    @Root() content: ImageContent,
    @Arg('componentId', () => ID, { description: 'Id of the component in this content.' }) componentId: string,
    @Ctx() context: RequestContext,
  ): Promise<ComponentDependencies | undefined> {
    const organizationId = requireRequester(context).organization.id;
    const catalogue = await this.#store.contents.readCatalogue(organizationId, content.id);
    if (catalogue === undefined) return undefined;
    const [component] = await this.#store.contents.findComponents(organizationId, content.id, [componentId]);
    if (component === undefined) return undefined;
    const view = dependencyView(parseCatalogue(catalogue).relationships, componentId);
    const { dependsOnCount, requiredByCount } = view;
    return { component, dependsOnCount, requiredByCount, directDependsOnCount: view.dependsOn.length, directRequiredByCount: view.requiredBy.length, contentId: content.id, view };
  }

  @FieldResolver(() => Matching, { nullable: true, description: 'With which advisories it was matched; null before the first match. Never read null as no findings.' })
  async matching(@Root() content: ImageContent, @Ctx() context: RequestContext): Promise<Matching | undefined> {
    const record = await context.loaders.matchings.load(content.id);
    return record && matchingView(record);
  }

  @Authorized('READ')
  @FieldResolver(() => FindingConnection, { description: 'What is known of its components. Empty before the first match: see `matching`.' })
  findings(
    @Root() content: ImageContent,
    @Arg('first', () => Int, { defaultValue: 50, description: '1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the entry before the page.' }) after: string | null | undefined,
    @Arg('filter', () => FindingFilterInput, { nullable: true, description: 'Which findings; all without it.' }) filter: FindingFilterInput | null | undefined,
    @Arg('sort', () => FindingSort, { defaultValue: FindingSort.IMPORTANCE, description: 'In which order.' }) sort: FindingSort,
    @Arg('reversed', () => Boolean, { defaultValue: false, description: 'The other way round.' }) reversed: boolean,
    @Ctx() context: RequestContext,
  ): Promise<FindingConnection> {
    const wanted = { ...findingFilter(filter, new Date()), imageId: content.imageId };
    return readFindings(this.#store, requireRequester(context).organization.id, wanted, sort, { first, after, reversed });
  }

  @FieldResolver(() => [SbomDownload], { description: 'The catalogue as SBOM documents.' })
  downloads(@Root() content: ImageContent): readonly SbomDownload[] {
    return documentFormats.map(({ id, label }) => ({ format: id, label, path: sbomPath(content.imageId, id) }));
  }
}

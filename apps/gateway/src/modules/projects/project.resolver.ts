import type { Store } from '@esscm/store';
import { Arg, Authorized, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { readPage } from '../../graphql/paging.js';
import { type RequestContext, requireRequester } from '../../request-context.js';
import { Project, ProjectConnection, ProjectVersion } from './project.type.js';

/** Projects and their versions. */
@Resolver(() => Project)
export class ProjectResolver {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  @Authorized('READ')
  @Query(() => ProjectConnection, { description: 'Projects of the organisation, by name.' })
  projects(
    @Arg('first', () => Int, { defaultValue: 50, description: '1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the entry before the page.' }) after: string | null | undefined,
    @Arg('search', () => String, { nullable: true, description: 'Part of the name.' }) search: string | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<ProjectConnection> {
    const organizationId = requireRequester(context).organization.id;
    const wanted = search == null || search === '' ? {} : { search };
    return readPage(
      { first, after },
      (page) => this.#store.projects.list(organizationId, { ...page, ...wanted }),
      ({ id, name, createdAt }) => ({ id, name, createdAt }),
    );
  }

  @Authorized('READ')
  @Query(() => Project, { nullable: true, description: 'One project.' })
  async project(
    @Arg('id', () => ID, { description: 'Id of the project.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Project | undefined> {
    const record = await this.#store.projects.find(requireRequester(context).organization.id, id);
    return record === undefined ? undefined : { id: record.id, name: record.name, createdAt: record.createdAt };
  }

  @FieldResolver(() => [ProjectVersion], { description: 'Newest first.' })
  async versions(
    @Root() project: Project,
    @Arg('first', () => Int, { nullable: true, description: 'At most so many; all without it.' }) first: number | null | undefined,
    @Arg('ids', () => [ID], { nullable: true, description: 'Only these.' }) ids: readonly string[] | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<readonly ProjectVersion[]> {
    const versions = await context.loaders.versionsOfProject.load(project.id);
    const wanted = ids == null ? versions : versions.filter(({ id }) => ids.includes(id));
    return wanted.slice(0, Math.max(0, first ?? wanted.length)).map(({ id, version, createdAt }) => ({ id, version, createdAt }));
  }

  @FieldResolver(() => Int, { description: 'How many versions there are.' })
  async versionCount(@Root() project: Project, @Ctx() context: RequestContext): Promise<number> {
    return (await context.loaders.versionsOfProject.load(project.id)).length;
  }

  @FieldResolver(() => Int, { description: 'Images of all its versions.' })
  imageCount(@Root() project: Project, @Ctx() context: RequestContext): Promise<number> {
    return context.loaders.projectImageCounts.load(project.id);
  }
}

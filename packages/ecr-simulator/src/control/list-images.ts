import { type Operation, openRepository, readPaging, requirePage } from './operation-context.js';

/** ListImages: one row per tag, and one per digest that has none. */
export const listImages: Operation = (context) => {
  const { state, fields } = context;
  const registryId = fields.registryId(context.principal.account);
  const name = fields.repositoryName();
  const { tagStatus, imageStatus } = fields.filter();
  const { size, token } = readPaging(fields, 'imageIds');
  const repository = openRepository(context, 'ListImages', registryId, name);
  const rows = repository.images.flatMap((image) => {
    const { digest } = image.manifest;
    const tags = repository.tagsOf(digest);
    const status = image.archived ? 'ARCHIVED' : 'ACTIVE';
    const listed: readonly (string | undefined)[] = tags.length === 0 ? [undefined] : tags;
    return listed.map((tag) => ({ digest, tag, status }));
  });
  const page = requirePage(
    state.pager.page(rows, (row) => `${row.digest} ${row.tag ?? ''}`, {
      query: `ListImages ${registryId} ${name} ${tagStatus} ${imageStatus}`,
      token,
      size,
      keep: (row) =>
        (tagStatus === 'ANY' || (row.tag !== undefined) === (tagStatus === 'TAGGED')) && (imageStatus === 'ANY' || row.status === imageStatus),
    }),
  );
  return { imageIds: page.items.map((row) => ({ imageDigest: row.digest, imageTag: row.tag })), nextToken: page.nextToken };
};

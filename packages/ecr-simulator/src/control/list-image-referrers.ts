import { type Operation, openRepository, requirePage } from './operation-context.js';

/** ListImageReferrers: what names the digest as its subject, 20 a page unless asked, 50 at most. Outside the seven permissions of pulling. */
export const listImageReferrers: Operation = (context) => {
  const { state, fields } = context;
  const registryId = fields.registryId(context.principal.account);
  const name = fields.repositoryName();
  const subject = fields.subjectDigest();
  const artifactTypes = fields.artifactTypes();
  const size = fields.integer('maxResults', 1, 50, 20);
  const token = fields.string('nextToken');
  const repository = openRepository(context, 'ListImageReferrers', registryId, name);
  const matching = repository.images.filter(
    ({ manifest }) =>
      manifest.subject === subject &&
      (artifactTypes === undefined || artifactTypes.length === 0 || artifactTypes.includes(manifest.artifactType ?? '')),
  );
  const query = `ListImageReferrers ${registryId} ${name} ${subject} ${(artifactTypes ?? []).join(' ')}`;
  const page = requirePage(state.pager.page(matching, (image) => image.manifest.digest, { query, token, size }));
  return {
    referrers: page.items.map(({ manifest, archived }) => ({
      digest: manifest.digest,
      mediaType: manifest.mediaType,
      artifactType: manifest.artifactType,
      size: manifest.bytes.length,
      annotations: manifest.annotations,
      artifactStatus: archived ? 'ARCHIVED' : 'ACTIVE',
    })),
    nextToken: page.nextToken,
  };
};

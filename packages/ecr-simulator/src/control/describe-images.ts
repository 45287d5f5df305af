import type { RepositoryContent, RepositoryImage } from '../content/repository-content.js';
import { ServiceFault } from '../errors.js';
import { epochSeconds, type Operation, openRepository, readPaging, requirePage } from './operation-context.js';
import { invalidParameter } from './request-fields.js';

/** Compressed size as ECR counts it: what the manifest points to, without the manifest; for an index its largest child. */
function sizeOf(repository: RepositoryContent, image: RepositoryImage): number {
  const { blobs, manifests } = image.manifest;
  const own = blobs.reduce((sum, blob) => sum + (blob.size ?? repository.blob(blob.digest)?.sizeBytes ?? 0), 0);
  return manifests.reduce((largest, child) => {
    const stored = repository.image(child.digest);
    return stored === undefined ? largest : Math.max(largest, sizeOf(repository, stored));
  }, own);
}

/** DescribeImages: one row per digest, in pages, or up to 100 by id. A missing id fails the whole call. */
export const describeImages: Operation = (context) => {
  const { state, fields } = context;
  const registryId = fields.registryId(context.principal.account);
  const name = fields.repositoryName();
  const imageIds = fields.imageIds();
  const { tagStatus, imageStatus } = fields.filter();
  const { size, token } = readPaging(fields, 'imageIds');
  if (imageIds?.some((id) => id.imageDigest === undefined && id.imageTag === undefined) === true) {
    throw invalidParameter('imageIds', 'Member must have an image digest or an image tag');
  }
  const repository = openRepository(context, 'DescribeImages', registryId, name);
  const describe = (image: RepositoryImage) => {
    const { manifest } = image;
    const tags = repository.tagsOf(manifest.digest);
    const pulledAt = repository.lastPulledAt(manifest.digest);
    return {
      registryId,
      repositoryName: name,
      imageDigest: manifest.digest,
      imageTags: tags.length === 0 ? undefined : tags,
      imageSizeInBytes: sizeOf(repository, image),
      imagePushedAt: epochSeconds(image.pushedAt),
      imageManifestMediaType: manifest.mediaType,
      artifactMediaType: manifest.artifactType,
      lastRecordedPullTime: pulledAt === undefined ? undefined : epochSeconds(pulledAt),
      subjectManifestDigest: manifest.subject,
      imageStatus: image.archived ? 'ARCHIVED' : 'ACTIVE',
    };
  };
  if (imageIds !== undefined) {
    const found = imageIds.map((id) => {
      const result = repository.lookUp({ tag: id.imageTag, digest: id.imageDigest });
      if (typeof result !== 'string') return result.image;
      const quoted = `{imageDigest:'${id.imageDigest ?? 'null'}', imageTag:'${id.imageTag ?? 'null'}'}`;
      throw new ServiceFault(
        'ImageNotFoundException',
        `The image with imageId ${quoted} does not exist within the repository with name '${name}' in the registry with id '${registryId}'`,
      );
    });
    return { imageDetails: [...new Set(found)].map(describe) };
  }
  const page = requirePage(
    state.pager.page(repository.images, (image) => image.manifest.digest, {
      query: `DescribeImages ${registryId} ${name} ${tagStatus} ${imageStatus}`,
      token,
      size,
      keep: (image) =>
        (tagStatus === 'ANY' || repository.tagsOf(image.manifest.digest).length > 0 === (tagStatus === 'TAGGED')) &&
        (imageStatus === 'ANY' || imageStatus === (image.archived ? 'ARCHIVED' : 'ACTIVE')),
    }),
  );
  return { imageDetails: page.items.map(describe), nextToken: page.nextToken };
};

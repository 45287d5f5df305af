import { serveManifest } from '../content/convert-manifest.js';
import type { RepositoryContent } from '../content/repository-content.js';
import { type Operation, openRepository } from './operation-context.js';
import { invalidParameter } from './request-fields.js';

interface ImageId {
  readonly imageDigest?: string | undefined;
  readonly imageTag?: string | undefined;
}

interface Failure {
  readonly failureCode: string;
  readonly failureReason: string;
}

const NOT_FOUND: Failure = { failureCode: 'ImageNotFound', failureReason: 'Requested image not found' };

function fetchImage(repository: RepositoryContent, id: ImageId, accepted: readonly string[]) {
  if (id.imageDigest === undefined && id.imageTag === undefined) {
    return { failureCode: 'MissingDigestAndTag', failureReason: 'Invalid request parameters: both tag and digest cannot be null' };
  }
  if (id.imageDigest !== undefined && !/^sha256:[0-9a-f]{64}$/.test(id.imageDigest)) {
    return { failureCode: 'InvalidImageDigest', failureReason: "Invalid request parameters: image digest should satisfy the regex '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'" };
  }
  if (id.imageTag !== undefined && !/^[A-Za-z0-9_][A-Za-z0-9._-]{0,299}$/.test(id.imageTag)) {
    return { failureCode: 'InvalidImageTag', failureReason: "Invalid request parameters: image tag should satisfy the regex '[a-zA-Z0-9-_.]+'" };
  }
  const found = repository.lookUp({ tag: id.imageTag, digest: id.imageDigest });
  if (found === 'tag-does-not-match') {
    return { failureCode: 'ImageTagDoesNotMatchDigest', failureReason: 'Requested image tag does not match the digest' };
  }
  if (found === 'not-found' || found.image.archived) return NOT_FOUND;
  const served = serveManifest(found.image.manifest, accepted, id.imageDigest !== undefined);
  return served === undefined ? NOT_FOUND : { served, stored: found.image.manifest.digest };
}

/** BatchGetImage: 1 to 100 manifests. What is not there is listed under `failures` of a successful answer. */
export const batchGetImage: Operation = (context) => {
  const { state, fields, fault } = context;
  const registryId = fields.registryId(context.principal.account);
  const name = fields.repositoryName();
  const imageIds = fields.imageIds();
  const accepted = fields.strings('acceptedMediaTypes') ?? [];
  if (imageIds === undefined) throw invalidParameter('imageIds', 'Member must not be null');
  const repository = openRepository(context, 'BatchGetImage', registryId, name);
  const images: unknown[] = [];
  const failures: unknown[] = [];
  for (const imageId of imageIds) {
    const found = fetchImage(repository, imageId, accepted);
    const result = 'served' in found && fault?.kind === 'image-failure' ? { failureCode: fault.failureCode, failureReason: 'The simulator was told to fail.' } : found;
    if ('failureCode' in result) {
      failures.push({ imageId, ...result });
      continue;
    }
    repository.recordPull(result.stored, state.now());
    images.push({
      registryId,
      repositoryName: name,
      imageId: { imageDigest: result.served.digest, imageTag: imageId.imageTag },
      imageManifest: result.served.bytes.toString('utf8'),
      imageManifestMediaType: result.served.mediaType,
    });
  }
  return { images, failures };
};

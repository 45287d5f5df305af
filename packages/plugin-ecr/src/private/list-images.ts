import type { ImageDetail } from '@aws-sdk/client-ecr';
import { isDigest } from '@esscm/oci-client';
import type { Digest } from '@esscm/oci-client';
import { RegistryError } from '@esscm/registry-core';
import type { ListOptions, RegistryImage } from '@esscm/registry-core';
import type { EcrApi } from './ecr-api.js';
import { imageKind } from './image-kind.js';
import { readPages } from './read-pages.js';

/** ECR's largest page. */
const pageSize = 1000;

/**
 * Every image of a repository once, archived ones too. Where `ecr:DescribeImages` is denied, the names that
 * `ecr:ListImages` gives, without sizes, dates and kinds.
 */
export async function* listImages(
  api: EcrApi,
  repository: string,
  options: ListOptions,
): AsyncGenerator<readonly RegistryImage[], void, undefined> {
  let isFirstPage = true;
  try {
    for await (const page of describedImages(api, repository, options)) {
      isFirstPage = false;
      yield page;
    }
  } catch (error) {
    if (!isFirstPage || !(error instanceof RegistryError) || error.kind !== 'access-denied') throw error;
    yield* namedImages(api, repository, options);
  }
}

async function* describedImages(
  api: EcrApi,
  repositoryName: string,
  options: ListOptions,
): AsyncGenerator<readonly RegistryImage[], void, undefined> {
  const seen = new Set<string>();
  const pages = readPages(
    (nextToken) =>
      api.describeImages(
        { repositoryName, maxResults: pageSize, nextToken, filter: { imageStatus: 'ANY' } },
        options,
      ),
    options,
  );
  for await (const page of pages) {
    const images: RegistryImage[] = [];
    for (const detail of page.imageDetails ?? []) {
      const image = describedImage(detail);
      if (image === undefined || seen.has(image.digest)) continue;
      seen.add(image.digest);
      images.push(image);
    }
    yield images;
  }
}

function describedImage(detail: ImageDetail): RegistryImage | undefined {
  const { imageDigest, imageTags, imageSizeInBytes, imagePushedAt, lastRecordedPullTime, imageStatus } = detail;
  if (imageDigest === undefined || !isDigest(imageDigest)) return undefined;
  return {
    digest: imageDigest,
    tags: imageTags ?? [],
    ...(imageSizeInBytes !== undefined && { sizeBytes: imageSizeInBytes }),
    ...(imagePushedAt !== undefined && { pushedAt: imagePushedAt }),
    ...(lastRecordedPullTime !== undefined && { lastPulledAt: lastRecordedPullTime }),
    ...(detail.imageManifestMediaType !== undefined && { mediaType: detail.imageManifestMediaType }),
    ...imageKind(detail),
    // An image on its way back cannot be pulled either.
    status: imageStatus === undefined || imageStatus === 'ACTIVE' ? 'active' : 'archived',
  };
}

/** ListImages has a row for each tag, and the rows of one digest may be pages apart: all are read before any is given. */
async function* namedImages(
  api: EcrApi,
  repositoryName: string,
  options: ListOptions,
): AsyncGenerator<readonly RegistryImage[], void, undefined> {
  const tagsByDigest = new Map<Digest, Set<string>>();
  const pages = readPages(
    (nextToken) => api.listImages({ repositoryName, maxResults: pageSize, nextToken }, options),
    options,
  );
  for await (const page of pages) {
    for (const { imageDigest, imageTag } of page.imageIds ?? []) {
      if (imageDigest === undefined || !isDigest(imageDigest)) continue;
      const tags = tagsByDigest.get(imageDigest) ?? new Set();
      if (imageTag !== undefined) tags.add(imageTag);
      tagsByDigest.set(imageDigest, tags);
    }
  }
  const images = [...tagsByDigest].map(
    ([digest, tags]): RegistryImage => ({ digest, tags: [...tags], kind: 'unknown', status: 'active' }),
  );
  for (let start = 0; start < images.length; start += pageSize) yield images.slice(start, start + pageSize);
}

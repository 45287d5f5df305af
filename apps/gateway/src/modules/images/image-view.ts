import type { ContentRecord, TrackedImageRecord } from '@esscm/store';
import type { ImageContent } from './image-content.type.js';
import type { Image } from './image.type.js';

/** A tracked image as the API shows it. */
export function imageView(record: TrackedImageRecord): Image {
  const { id, name, repository, tag, pinnedDigest, platform, connectionId, projectVersionId, contentId, contentScannedAt, createdAt, ruleId, goneAt, releasedAt } = record;
  return { id, name, repository, tag, pinnedDigest, platform, connectionId, projectVersionId, contentId, scannedAt: contentScannedAt, createdAt, selectionId: ruleId, goneAt, releasedAt };
}

/** A content as the API shows it under one image: downloads are addressed by the image. */
export function contentView(record: ContentRecord, imageId: string): ImageContent {
  const { id, digest, mediaType, platform, created, sizeBytes, distributionName, componentCount, partial, cataloguedAt, baseName, baseLayerCount, baseDiffId } = record;
  const base = baseName === undefined && baseLayerCount === undefined ? undefined : { name: baseName, layerCount: baseLayerCount, baseLayer: baseDiffId };
  return { id, digest, mediaType, platform, created, sizeBytes, distributionName, componentCount, partial, cataloguedAt, base, imageId };
}

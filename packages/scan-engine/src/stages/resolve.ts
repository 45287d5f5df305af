import { OciError } from '@esscm/oci-client/local';
import type { ResolvedImage } from '@esscm/oci-client';
import type { ScanRequest } from '../scan-request.js';

/** First stage: reference to the manifest of one platform. What follows is `recall`, or nothing when the digest is known. */
export async function resolve(request: ScanRequest): Promise<ResolvedImage> {
  request.onProgress?.({ stage: 'resolve', layersDone: 0, layersTotal: 0, layersCached: 0, bytesDone: 0, bytesTotal: 0 });
  const image = await request.source.resolve({
    signal: request.signal,
    ...(request.platform === undefined ? {} : { platform: request.platform }),
  });
  const foreign = image.layers.find((layer) => layer.foreign);
  if (foreign !== undefined) {
    throw new OciError({
      code: 'unsupported',
      message: `Layer ${foreign.digest} is not held by the registry: the image is built on a Windows base layer, whose content is only distributed by its vendor.`,
    });
  }
  return image;
}

import type { ResolvedImage } from '@esscm/oci-client';
import type { ScanRequest } from '../scan-request.js';

/** First stage: reference to the manifest of one platform. What follows is `recall`, or nothing when the digest is known. */
export async function resolve(request: ScanRequest): Promise<ResolvedImage> {
  request.onProgress?.({ stage: 'resolve', layersDone: 0, layersTotal: 0, layersCached: 0, bytesDone: 0, bytesTotal: 0 });
  return await request.source.resolve({
    signal: request.signal,
    ...(request.platform === undefined ? {} : { platform: request.platform }),
  });
}

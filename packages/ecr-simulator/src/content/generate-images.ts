import type { RepositoryContent } from './repository-content.js';
import { OCI_MANIFEST } from './media-types.js';
import { digestOf } from './stored-manifest.js';

const minuteMs = 60_000;
const empty = Buffer.alloc(0);

/**
 * Fills a repository with images that are listed and cannot be pulled, for measuring what lists cost: each has a tag `build-N`, every
 * hundredth `release-N.0` too, and was pushed a minute before the one after it.
 */
export function generateImages(content: RepositoryContent, count: number, now: Date): void {
  for (let index = 0; index < count; index += 1) {
    const digest = digestOf(Buffer.from(`${content.name} ${index}`));
    const layer = { mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', digest, size: 1_000_000 + index };
    content.addImage({
      manifest: { digest, mediaType: OCI_MANIFEST, bytes: empty, artifactType: undefined, annotations: undefined, subject: undefined, blobs: [layer], manifests: [] },
      pushedAt: new Date(now.getTime() - (count - index) * minuteMs),
      archived: false,
    });
    content.tag(`build-${index}`, digest);
    if (index % 100 === 0) content.tag(`release-${index}.0`, digest);
  }
}

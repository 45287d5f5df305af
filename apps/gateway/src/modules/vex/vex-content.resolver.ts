import { FieldResolver, Resolver, Root } from 'type-graphql';
import { ImageContent } from '../images/image-content.type.js';
import { vexDownloadFormats, vexDownloadPath } from './vex-download-path.js';
import { VexDownload } from './vex-download.type.js';

/** Documents about what is in an image. */
@Resolver(() => ImageContent)
export class VexContentResolver {
  @FieldResolver(() => [VexDownload], { description: 'What people decided and documents say of its findings, as VEX documents.' })
  vexDownloads(@Root() { imageId }: ImageContent): readonly VexDownload[] {
    return vexDownloadFormats.map(({ id, label }) => ({ format: id, label, path: vexDownloadPath({ imageId }, id) }));
  }
}

import { FieldResolver, Resolver, Root } from 'type-graphql';
import { ProjectVersion } from '../projects/project.type.js';
import { vexDownloadFormats, vexDownloadPath } from './vex-download-path.js';
import { VexDownload } from './vex-download.type.js';

/** Documents about the images of a version. */
@Resolver(() => ProjectVersion)
export class VexVersionResolver {
  @FieldResolver(() => [VexDownload], { description: 'What people decided and documents say of the findings of its images, as VEX documents.' })
  vexDownloads(@Root() { id: projectVersionId }: ProjectVersion): readonly VexDownload[] {
    return vexDownloadFormats.map(({ id, label }) => ({ format: id, label, path: vexDownloadPath({ projectVersionId }, id) }));
  }
}

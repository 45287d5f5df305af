import type { ImageReferenceFragment, ImageRowFragment } from '../gql/graphql.js';
import { paths } from '../paths.js';
import { AppLink } from '../ui/AppLink.js';
import { ImageName } from '../ui/ImageName.js';
import { StageTrack } from '../ui/StageTrack.js';
import { Status } from '../ui/Status.js';
import { imageSuffix } from './image-suffix.js';
import { scanNews, scanStatus, stageLabel, stageSegments, type ScanFacts } from './scan-words.js';

/** The state of a scan as icon and word. */
export function ScanStatus({ scan, withStage = false }: { readonly scan: ScanFacts; readonly withStage?: boolean }) {
  const { kind, text } = scanStatus(scan, withStage);
  return <Status kind={kind}>{text}</Status>;
}

/** The stages of a scan. */
export function ScanStages({ scan }: { readonly scan: ScanFacts }) {
  return <StageTrack segments={stageSegments(scan)} label={stageLabel(scan)} />;
}

/** What is happening, or how it ended. */
export function ScanNews({ scan }: { readonly scan: ScanFacts }) {
  const { text, kind } = scanNews(scan);
  return <span className={kind === 'failed' ? 'esscm-error' : kind === 'partial' ? 'esscm-warning' : 'esscm-secondary'}>{text}</span>;
}

/** An image by name, leading to its page. */
export function ImageLink({ image }: { readonly image: ImageReferenceFragment }) {
  return (
    <AppLink to={paths.image(image.id)}>
      <ImageName repository={image.repository} suffix={imageSuffix(image)} />
    </AppLink>
  );
}

/** The project and version an image belongs to, leading to both. */
export function ProjectLink({ projectVersion: { id, version, projectId, projectName } }: { readonly projectVersion: ImageRowFragment['projectVersion'] }) {
  return (
    <>
      <AppLink to={paths.project(projectId, id)}>{projectName}</AppLink> <span className="esscm-secondary">{version}</span>
    </>
  );
}

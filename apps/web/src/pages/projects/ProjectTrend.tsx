import { Trend } from '../../charts/Trend.js';
import { formatCount, formatQuantity } from '../../formats/format-count.js';
import type { ProjectImagesQuery } from '../../gql/graphql.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { Panel } from '../../ui/Panel.js';

interface ProjectTrendProps {
  readonly days: ProjectImagesQuery['projectTrend'];
  /** Of one version; of all without it. */
  readonly version: string | undefined;
}

/** Findings of a project or a version over the last days; days on which no image was judged say nothing. */
export function ProjectTrend({ days, version }: ProjectTrendProps) {
  const known = days.filter(({ judgedImageCount }) => judgedImageCount > 0);
  const last = days.at(-1);
  if (known.length === 0) {
    return (
      <Panel title="Trend">
        <EmptyState compact title="No statement yet" text="The trend begins with the first image that is scanned and held against advisories." />
      </Panel>
    );
  }
  const images = ({ judgedImageCount, imageCount }: (typeof days)[number]) => (judgedImageCount === imageCount ? formatCount(imageCount) : `${formatCount(judgedImageCount)} of ${formatCount(imageCount)}`);
  return (
    <Trend
      description={`Findings by severity in ${version === undefined ? 'all versions' : `version ${version}`}, 30 days`}
      days={known}
      further={{ head: 'Images judged', cell: images }}
      {...(last !== undefined && last.judgedImageCount < last.imageCount && { note: `Of ${formatCount(last.judgedImageCount)} of ${formatQuantity(last.imageCount, 'image')}: the others have no result that could be judged, so there may be more.` })}
    />
  );
}

import { useQuery } from '@apollo/client/react';
import { useParams } from 'react-router';
import { formatQuantity } from '../../formats/format-count.js';
import { usePageLayout } from '../../frame/layout.js';
import { ProjectDocument, ProjectImagesDocument, type ProjectQuery } from '../../gql/graphql.js';
import { paths } from '../../paths.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { PageHeader } from '../../ui/PageHeader.js';
import { Stack } from '../../ui/Panel.js';
import { SectionHeader } from '../../ui/SectionHeader.js';
import { Select } from '../../ui/Select.js';
import { Time } from '../../ui/Time.js';
import { imagesPerPage, ImagesTable } from '../images/ImagesTable.js';
import { NotFoundPage } from '../NotFoundPage.js';
import { QueryView } from '../QueryView.js';
import { useAddressValue, useCursorPage } from '../use-address-state.js';
import { ProjectTrend } from './ProjectTrend.js';

type Project = NonNullable<ProjectQuery['project']>;

/** One project: its versions and the images of each. */
export function ProjectPage() {
  const { id = '' } = useParams();
  const result = useQuery(ProjectDocument, { variables: { id }, fetchPolicy: 'cache-and-network' });
  usePageLayout({
    crumbs: [
      { text: 'Projects', href: paths.projects() },
      { text: (result.data ?? result.previousData)?.project?.name ?? '…', href: paths.project(id) },
    ],
  });
  return <QueryView result={result}>{({ project }) => (project == null ? <NotFoundPage what="project" /> : <Images project={project} />)}</QueryView>;
}

function Images({ project }: { readonly project: Project }) {
  const [version, setVersion] = useAddressValue('version');
  const { after, page, next, previous } = useCursorPage();
  const only = project.versions.length === 1 ? project.versions[0] : undefined;
  const result = useQuery(ProjectImagesDocument, {
    variables: { projectId: project.id, projectVersionId: version === '' ? null : version, downloadsOf: version !== '' ? [version] : only === undefined ? [] : [only.id], first: imagesPerPage, after: after ?? null },
    fetchPolicy: 'cache-and-network',
  });
  const options = [{ value: '', label: 'All versions' }, ...project.versions.map(({ id, version: label }) => ({ value: id, label }))];
  const [downloadsOf] = (result.data ?? result.previousData)?.project?.downloadsOf ?? [];
  return (
    <>
      <PageHeader
        name={project.name}
        facts={
          <>
            <span>{formatQuantity(project.versions.length, 'version')}</span>
            <span>{formatQuantity(project.imageCount, 'image')}</span>
            <span>
              created <Time instant={project.createdAt} />
            </span>
          </>
        }
        withoutPrimary
        actions={downloadsOf === undefined ? [] : [{ id: 'vex', text: `Download VEX of ${downloadsOf.version}`, items: downloadsOf.vexDownloads.map(({ format, label, path }) => ({ id: format, text: label, href: path })) }]}
      />
      <QueryView result={result}>
        {({ images, projectTrend }, refreshing) => (
          <Stack>
            <ProjectTrend days={projectTrend} version={project.versions.find(({ id }) => id === version)?.version} />
          <ImagesTable
            frame="box"
            images={images.edges.map(({ node }) => node)}
            {...(version === '' && { belongsTo: 'version' as const })}
            header={
              <SectionHeader
                variant="h2"
                actions={
                  <Select
                    ariaLabel="Version"
                    options={options}
                    selectedOption={options.find(({ value }) => value === version) ?? null}
                    filteringType={options.length > 10 ? 'auto' : 'none'}
                    onChange={({ detail }) => setVersion(detail.selectedOption.value ?? '')}
                  />
                }
              >
                Images
              </SectionHeader>
            }
            pager={{ page, hasNext: images.pageInfo.hasNextPage, disabled: refreshing, onPrevious: previous, onNext: () => next(images.pageInfo.endCursor ?? '') }}
            empty={<EmptyState title="No images" text="No image belongs to this version any more." />}
          />
          </Stack>
        )}
      </QueryView>
    </>
  );
}

import { useQuery } from '@apollo/client/react';
import { formatCount } from '../../formats/format-count.js';
import { usePageLayout } from '../../frame/layout.js';
import { ProjectsDocument } from '../../gql/graphql.js';
import { paths } from '../../paths.js';
import { AppLink } from '../../ui/AppLink.js';
import { Button } from '../../ui/Button.js';
import { DataTable } from '../../ui/DataTable.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { LinkButton } from '../../ui/LinkButton.js';
import { PageHeader } from '../../ui/PageHeader.js';
import { SearchField } from '../../ui/SearchField.js';
import { Time } from '../../ui/Time.js';
import { Toolbar } from '../../ui/Toolbar.js';
import { QueryView } from '../QueryView.js';
import { useAddressValue, useCursorPage } from '../use-address-state.js';

/** Every project. */
export function ProjectsPage() {
  usePageLayout({ contentType: 'table' });
  const [search, setSearch] = useAddressValue('search');
  const { after, page, next, previous } = useCursorPage();
  const result = useQuery(ProjectsDocument, { variables: { first: 50, after: after ?? null, search: search === '' ? null : search }, fetchPolicy: 'cache-and-network' });
  return (
    <QueryView result={result}>
      {({ projects }, refreshing) => (
        <DataTable
          frame="page"
          label="Projects"
          rows={projects.edges.map(({ node }) => node)}
          rowId={({ id }) => id}
          header={<PageHeader name="Projects" facts="Images that ship together, by version." />}
          filter={<Toolbar search={<SearchField value={search} onSearch={setSearch} placeholder="Find a project" />} />}
          pager={{ page, hasNext: projects.pageInfo.hasNextPage, disabled: refreshing, onPrevious: previous, onNext: () => next(projects.pageInfo.endCursor ?? '') }}
          empty={
            search === '' ? (
              <EmptyState title="No projects" text="Projects are named while connecting images." actions={<LinkButton variant="primary" to={paths.integrations()}>Connect a registry</LinkButton>} />
            ) : (
              <EmptyState title="No match" text={`No project contains "${search}".`} actions={<Button onClick={() => setSearch('')}>Clear filter</Button>} />
            )
          }
          columns={[
            { id: 'name', header: 'Project', width: '34%', phoneLine: 1, cell: ({ id, name }) => <AppLink to={paths.project(id)}>{name}</AppLink> },
            {
              id: 'versions',
              header: 'Versions',
              phoneLine: 2,
              cell: ({ newest, versionCount }) => (
                <span className="esscm-secondary">
                  {newest.map(({ version }) => version).join(', ')}
                  {versionCount > newest.length ? ` and ${formatCount(versionCount - newest.length)} more` : ''}
                </span>
              ),
            },
            { id: 'images', header: 'Images', width: 110, cell: ({ id, imageCount }) => <AppLink to={paths.images({ project: id })}>{formatCount(imageCount)}<span className="esscm-phone-only"> {imageCount === 1 ? 'image' : 'images'}</span></AppLink> },
            { id: 'created', header: 'Created', width: 140, cell: ({ createdAt }) => <><span className="esscm-phone-only">since </span><Time instant={createdAt} /></> },
          ]}
        />
      )}
    </QueryView>
  );
}

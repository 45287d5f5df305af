import { useQuery } from '@apollo/client/react';
import { coverageWords, readCoverage } from '../../charts/coverage-words.js';
import { usePageLayout } from '../../frame/layout.js';
import { ImageFilterNamesDocument, ImagesDocument } from '../../gql/graphql.js';
import { paths } from '../../paths.js';
import { useScanUpdates } from '../../scans/use-scan-updates.js';
import { isActive } from '../../scans/scan-words.js';
import { Button } from '../../ui/Button.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { LinkButton } from '../../ui/LinkButton.js';
import { PageHeader } from '../../ui/PageHeader.js';
import { RemovableChip } from '../../ui/RemovableChip.js';
import { SearchField } from '../../ui/SearchField.js';
import { Toolbar } from '../../ui/Toolbar.js';
import { QueryView } from '../QueryView.js';
import { useAddressValue, useCursorPage, useSetAddressValues } from '../use-address-state.js';
import { imagesPerPage, ImagesTable } from './ImagesTable.js';

/** Every image that was chosen, of every connection, or of the one in the address. */
export function ImagesPage() {
  usePageLayout({ contentType: 'table' });
  const [search, setSearch] = useAddressValue('search');
  const [connectionId, setConnection] = useAddressValue('connection');
  const [projectId, setProject] = useAddressValue('project');
  const [resultText, setResult] = useAddressValue('result');
  const coverage = readCoverage(resultText);
  const setValues = useSetAddressValues();
  const { after, page, next, previous } = useCursorPage();
  const filter = {
    ...(search === '' ? {} : { search }),
    ...(connectionId === '' ? {} : { connectionId }),
    ...(projectId === '' ? {} : { projectId }),
    ...(coverage === undefined ? {} : { coverage: [coverage] }),
  };
  const filtered = Object.keys(filter).length > 0;
  const result = useQuery(ImagesDocument, { variables: { first: imagesPerPage, after: after ?? null, filter: filtered ? filter : null }, fetchPolicy: 'cache-and-network' });
  const names = useQuery(ImageFilterNamesDocument, {
    variables: { connectionId, projectId, withConnection: connectionId !== '', withProject: projectId !== '' },
    skip: connectionId === '' && projectId === '',
  });
  const scans = (result.data ?? result.previousData)?.images.edges.flatMap(({ node }) => node.latestScan ?? []) ?? [];
  const active = scans.filter(({ state }) => isActive(state)).map(({ id }) => id);
  useScanUpdates({ ids: active, active: active.length > 0, refetch: result.refetch });
  return (
    <QueryView result={result}>
      {({ images }, refreshing) => (
        <ImagesTable
          frame="page"
          belongsTo="project"
          images={images.edges.map(({ node }) => node)}
          header={<PageHeader name="Images" facts="Every image chosen in a connection, with the result of its last scan." actions={[{ id: 'connect', text: 'Connect a registry', to: paths.integrations() }]} />}
          filter={
            <Toolbar search={<SearchField value={search} onSearch={setSearch} placeholder="Find by repository, tag or digest" />}>
              {connectionId === '' ? null : <RemovableChip label="Connection" value={names.data?.connection?.name ?? '…'} onRemove={() => setConnection('')} />}
              {projectId === '' ? null : <RemovableChip label="Project" value={names.data?.project?.name ?? '…'} onRemove={() => setProject('')} />}
              {coverage === undefined ? null : <RemovableChip label="Result" value={coverageWords[coverage].text} onRemove={() => setResult('')} />}
            </Toolbar>
          }
          pager={{ page, hasNext: images.pageInfo.hasNextPage, disabled: refreshing, onPrevious: previous, onNext: () => next(images.pageInfo.endCursor ?? '') }}
          empty={
            filtered ? (
              <EmptyState title="No match" text="No image fits the filter." actions={<Button onClick={() => setValues({ search: '', connection: '', project: '', result: '' })}>Clear filter</Button>} />
            ) : (
              <EmptyState title="No images" text="Images appear once they are chosen in a connection." actions={<LinkButton variant="primary" to={paths.integrations()}>Connect a registry</LinkButton>} />
            )
          }
        />
      )}
    </QueryView>
  );
}

import { useQuery } from '@apollo/client/react';
import { useCallback } from 'react';
import { useSearchParams } from 'react-router';
import { formatCount, formatQuantity } from '../../formats/format-count.js';
import { formatEcosystem } from '../../formats/format-ecosystem.js';
import { ImageComponentsDocument, type ComponentFieldsFragment, type ImageComponentsQuery } from '../../gql/graphql.js';
import { AppLink } from '../../ui/AppLink.js';
import { Button } from '../../ui/Button.js';
import { DataTable, type DataColumn } from '../../ui/DataTable.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { orderedColumns } from '../../ui/list-order.js';
import { RemovableChip } from '../../ui/RemovableChip.js';
import { SearchField } from '../../ui/SearchField.js';
import { SectionHeader } from '../../ui/SectionHeader.js';
import { Select } from '../../ui/Select.js';
import { SpaceBetween } from '../../ui/SpaceBetween.js';
import { Toolbar } from '../../ui/Toolbar.js';
import { QueryView } from '../QueryView.js';
import { useAddressDetail, useAddressValue, useCursorPage, useSetAddressValues, withDetail } from '../use-address-state.js';
import { useListOrder } from '../use-list-order.js';
import { broughtInText } from './brought-in-text.js';
import { ComponentFindings } from './ComponentFindings.js';
import { ComponentPanel } from './ComponentPanel.js';
import { componentOrder } from './component-sort.js';
import { ComponentTree } from './ComponentTree.js';
import { imageComponentsCsvAddress } from './image-components-csv-address.js';
import { licenceText } from './licence-text.js';
import type { ImageDetails } from './image-details.js';
import { noLicence } from './licences.js';
import { layerInstruction } from './layers.js';

type Edge = NonNullable<NonNullable<NonNullable<ImageComponentsQuery['image']>['content']>['components']>['edges'][number];
type ListedComponent = ComponentFieldsFragment & Pick<Edge, 'findingCounts' | 'broughtInBy'>;

interface ComponentsTabProps {
  readonly image: ImageDetails;
  readonly content: NonNullable<ImageDetails['content']>;
}

/** Every component, as a list or below what brought it in. */
export function ComponentsTab({ image, content }: ComponentsTabProps) {
  const [view] = useAddressValue('view');
  return view === 'tree' ? <ComponentTree image={image} content={content} /> : <ComponentList image={image} content={content} />;
}

/** Every component, those with the worst findings first unless another column is chosen, ordered and filtered by the server; a row opens the panel with where it was found. */
function ComponentList({ image, content }: ComponentsTabProps) {
  const [search, setSearch] = useAddressValue('search');
  const [ecosystem, setEcosystem] = useAddressValue('ecosystem');
  const [layer, setLayer] = useAddressValue('layer');
  const [licence, setLicence] = useAddressValue('licence');
  const setValues = useSetAddressValues();
  const setView = useSetAddressValues('view');
  const [opened, setOpened] = useAddressDetail('component');
  const [query] = useSearchParams();
  const { after, page, next, previous } = useCursorPage();
  const layerIndex = /^\d+$/.test(layer) ? Number(layer) : undefined;
  const { table: sort, input: order } = useListOrder(componentOrder);
  const wantedLicence = licence === '' ? undefined : licence === noLicence ? '' : licence;
  const result = useQuery(ImageComponentsDocument, {
    variables: { id: image.id, first: 50, after: after ?? null, search: search === '' ? null : search, ecosystem: ecosystem === '' ? null : ecosystem, layerIndex: layerIndex ?? null, licence: wantedLicence ?? null, ...order, withPath: true },
  });
  const close = useCallback(() => setOpened(''), [setOpened]);
  const broughtIn = (component: ListedComponent) => {
    const index = component.locations[0]?.layerIndex;
    const instruction = index === undefined ? '–' : layerInstruction(content.layers.find((candidate) => candidate.index === index)?.createdBy);
    const path = component.broughtInBy ?? [];
    return <span className="esscm-secondary" title={[...path, instruction].join(' → ')}>{path.length === 0 ? instruction : broughtInText(path)}</span>;
  };
  const filtered = search !== '' || ecosystem !== '' || layer !== '' || licence !== '';
  const ecosystems = [{ value: '', label: 'All types' }, ...content.ecosystems.map((entry) => ({ value: entry.ecosystem, label: `${formatEcosystem(entry.ecosystem)} (${formatCount(entry.count)})` }))];
  const layers = [{ value: '', label: 'All layers' }, ...content.layers.filter(({ componentCount }) => componentCount > 0).map((entry) => ({ value: String(entry.index), label: `Layer ${entry.index + 1}`, description: layerInstruction(entry.createdBy).slice(0, 80) }))];
  return (
    <QueryView result={result}>
      {(data, refreshing) => {
        const list = data.image?.content?.components;
        const rows = list?.edges.map(({ node, findingCounts, broughtInBy }): ListedComponent => ({ ...node, findingCounts, broughtInBy })) ?? [];
        const component = rows.find(({ id }) => id === opened);
        return (
          <>
            <DataTable
              label="Components"
              rows={rows}
              rowId={({ id }) => id}
              header={
                <SectionHeader
                  variant="h2"
                  actions={
                    <SpaceBetween direction="horizontal" size="xs">
                      <Button onClick={() => setView({ view: 'tree', search: '', ecosystem: '', layer: '', licence: '', sort: '' })}>Show as tree</Button>
                      <Button onClick={() => window.location.assign(imageComponentsCsvAddress(image.id, { search, ecosystem, layerIndex, licence: wantedLicence, ...order }))}>Export CSV</Button>
                    </SpaceBetween>
                  }
                  counter={`(${formatCount(list?.totalCount ?? 0)}${filtered ? ` of ${formatCount(content.componentCount)}` : ''})`}
                >
                  Components
                </SectionHeader>
              }
              filter={
                <Toolbar search={<SearchField value={search} onSearch={setSearch} placeholder="Find by name, version or package URL" />}>
                  <Select ariaLabel="Type" options={ecosystems} selectedOption={ecosystems.find(({ value }) => value === ecosystem) ?? null} onChange={({ detail }) => setEcosystem(detail.selectedOption.value ?? '')} />
                  <Select ariaLabel="Layer" options={layers} selectedOption={layers.find(({ value }) => value === layer) ?? null} onChange={({ detail }) => setLayer(detail.selectedOption.value ?? '')} />
                  {licence === '' ? null : <RemovableChip label="Licence" value={licence === noLicence ? 'none declared' : licence} onRemove={() => setLicence('')} />}
                </Toolbar>
              }
              sort={sort}
              pager={{ page, hasNext: list?.pageInfo.hasNextPage ?? false, disabled: refreshing, onPrevious: previous, onNext: () => next(list?.pageInfo.endCursor ?? '') }}
              empty={
                filtered ? (
                  <EmptyState
                    compact
                    title="No match"
                    text={`The filter hides ${formatQuantity(content.componentCount, 'component')}.`}
                    actions={<Button onClick={() => setValues({ search: '', ecosystem: '', layer: '', licence: '' })}>Clear filter</Button>}
                  />
                ) : (
                  <EmptyState compact title="No components" text={content.partial ? 'None was found in what could be read of this image.' : 'No package manager left a trace in this image.'} />
                )
              }
              columns={orderedColumns<ListedComponent>([
                {
                  id: 'name',
                  header: 'Component',
                  phoneLine: 1,
                 
                  width: '22%',
                  minWidth: 150,
                  clips: true,
                  cell: ({ id, name }) => <AppLink to={`?${withDetail(query, 'component', id)}`} row={id === opened ? 'open' : 'closed'}>{name}</AppLink>,
                },
                { id: 'version', header: 'Version', width: '15%', minWidth: 110, clips: true, phoneLine: 1, cell: ({ version }) => <span className="esscm-mono">{version === '' ? '–' : version}</span> },
                { id: 'type', header: 'Type', width: 92, phoneLine: 2, cell: (row) => formatEcosystem(row.ecosystem) },
                { id: 'licence', header: 'Licence', width: '14%', minWidth: 110, clips: true, phoneLine: 2, cell: ({ licences }) => <span className="esscm-secondary">{licenceText(licences)}</span> },
                ...(component === undefined ? [{ id: 'from', header: 'Brought in by', minWidth: 128, clips: true, phoneLine: 3 as const, cell: broughtIn } satisfies DataColumn<ListedComponent>] : []),
                { id: 'layer', header: 'Layer', width: 84, phoneLine: 0, cell: ({ locations }) => (locations[0] === undefined ? '–' : locations[0].layerIndex + 1) },
                {
                  id: 'findings',
                  header: 'Findings',
                  width: 205,
                  phoneLine: 3,
                  cell: ({ findingCounts, packageUrl }) => <ComponentFindings counts={findingCounts} imageId={image.id} packageUrl={packageUrl} />,
                },
              ], componentOrder)}
            />
            {component === undefined ? null : <ComponentPanel component={component} image={image} layers={content.layers} onClose={close} />}
          </>
        );
      }}
    </QueryView>
  );
}

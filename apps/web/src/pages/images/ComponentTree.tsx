import { useQuery } from '@apollo/client/react';
import { useCallback } from 'react';
import { useSearchParams } from 'react-router';
import { severityNumbers } from '../../findings/severity.js';
import { formatCount, formatQuantity } from '../../formats/format-count.js';
import { formatEcosystem } from '../../formats/format-ecosystem.js';
import { ImageComponentTreeDocument, type ImageComponentTreeQuery } from '../../gql/graphql.js';
import { AppLink } from '../../ui/AppLink.js';
import { Button } from '../../ui/Button.js';
import { DataTable } from '../../ui/DataTable.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { SectionHeader } from '../../ui/SectionHeader.js';
import { SeverityCells } from '../../ui/Severity.js';
import { QueryView } from '../QueryView.js';
import { useAddressDetail, useCursorPage, useSetAddressValues, withDetail } from '../use-address-state.js';
import { ComponentFindings } from './ComponentFindings.js';
import { ComponentPanel } from './ComponentPanel.js';
import type { ImageDetails } from './image-details.js';
import { licenceText } from './licence-text.js';
import { readUnfolded, withUnfolded } from './unfolded-rows.js';

interface ComponentTreeProps {
  readonly image: ImageDetails;
  readonly content: NonNullable<ImageDetails['content']>;
}

type Row = NonNullable<NonNullable<NonNullable<ImageComponentTreeQuery['image']>['content']>['componentTree']>['rows'][number];

/** So many below one component the server gives. */
const childrenAtMost = 50;

/** Components below what brought them in, each once. What is unfolded stands in the address. */
export function ComponentTree({ image, content }: ComponentTreeProps) {
  const [opened, setOpened] = useAddressDetail('component');
  const [unfoldedText, setUnfolded] = useAddressDetail('unfolded');
  const unfolded = readUnfolded(unfoldedText);
  const setView = useSetAddressValues('view');
  const [query] = useSearchParams();
  const { after, page, next, previous } = useCursorPage();
  const close = useCallback(() => setOpened(''), [setOpened]);
  const result = useQuery(ImageComponentTreeDocument, { variables: { id: image.id, first: 50, after: after ?? null, unfolded: [...unfolded] } });
  return (
    <QueryView result={result}>
      {(data, refreshing) => {
        const tree = data.image?.content?.componentTree;
        const showList = <Button onClick={() => setView({ view: '', unfolded: '' })}>Show as list</Button>;
        if (tree == null) return <EmptyState title="No tree" text="The stored catalogue of this image does not tell what needs what. Scan the image again." actions={showList} />;
        const childrenOf = Map.groupBy(tree.rows, ({ parentId }) => parentId ?? '');
        const onTop = childrenOf.get('') ?? [];
        const component = tree.rows.find((row) => row.component.id === opened)?.component;
        const related = tree.totalCount - tree.rootCount;
        const cut = tree.rows.some((row) => row.childCount > childrenAtMost && unfolded.includes(row.component.id));
        return (
          <>
            <DataTable<Row>
              label="Components as a tree"
              rows={onTop}
              rowId={(row) => row.component.id}
              header={
                <SectionHeader variant="h2" counter={`(${formatCount(tree.totalCount)})`} actions={showList} description={related === 0 ? 'No package manager in this image recorded what needs what, so nothing stands below anything.' : `${formatCount(tree.rootCount)} that nothing else accounts for; below each what it brought in, every component once. The worst first, counting what is below.`}>
                  Components
                </SectionHeader>
              }
              tree={{
                childrenOf: (row) => childrenOf.get(row.component.id) ?? [],
                unfolds: (row) => row.childCount > 0,
                unfolded: tree.rows.filter((row) => unfolded.includes(row.component.id)),
                onToggle: (row, unfold) => setUnfolded(withUnfolded(unfolded, row.component.id, unfold)),
                nameOf: (row) => row.component.name,
              }}
              pager={{ page, hasNext: tree.pageInfo.hasNextPage, disabled: refreshing, onPrevious: previous, onNext: () => next(tree.pageInfo.endCursor ?? '') }}
              footer={cut ? <span className="esscm-secondary">The worst {childrenAtMost} below one component are shown; Dependencies has them all.</span> : undefined}
              empty={<EmptyState compact title="No components" text={content.partial ? 'None was found in what could be read of this image.' : 'No package manager left a trace in this image.'} />}
              columns={[
                {
                  id: 'name',
                  header: 'Component',
                  phoneLine: 1,
                  width: '26%',
                  minWidth: 180,
                  clips: true,
                  cell: ({ component: { id, name }, belowCount }) => (
                    <>
                      <AppLink to={`?${withDetail(query, 'component', id)}`} row={id === opened ? 'open' : 'closed'}>{name}</AppLink>
                      {belowCount === 0 ? null : <span className="esscm-secondary"> brings in {formatCount(belowCount)}</span>}
                    </>
                  ),
                },
                { id: 'version', header: 'Version', width: '12%', minWidth: 100, clips: true, phoneLine: 1, cell: (row) => <span className="esscm-mono">{row.component.version === '' ? '–' : row.component.version}</span> },
                { id: 'type', header: 'Type', width: 84, phoneLine: 2, cell: (row) => formatEcosystem(row.component.ecosystem) },
                ...(component === undefined ? [{ id: 'licence', header: 'Licence', minWidth: 90, clips: true, phoneLine: 2 as const, cell: (row: Row) => <span className="esscm-secondary">{licenceText(row.component.licences)}</span> }] : []),
                { id: 'findings', header: 'Findings', width: 205, phoneLine: 3, cell: (row) => <ComponentFindings counts={row.findingCounts} imageId={image.id} packageUrl={row.component.packageUrl} /> },
                {
                  id: 'below',
                  header: 'In what it brings in',
                  width: 205,
                  phoneLine: 3,
                  cell: ({ countsBelow, belowCount }) =>
                    belowCount === 0 || countsBelow == null ? (
                      <span className="esscm-secondary">–</span>
                    ) : countsBelow.total === 0 ? (
                      <span className="esscm-secondary">None known</span>
                    ) : (
                      <span title={`${formatQuantity(countsBelow.total, 'finding')} below`}>
                        <SeverityCells counts={severityNumbers(countsBelow)} />
                      </span>
                    ),
                },
                { id: 'layer', header: 'Layer', width: 70, phoneLine: 0, cell: (row) => (row.component.locations[0] === undefined ? '–' : row.component.locations[0].layerIndex + 1) },
              ]}
            />
            {component === undefined ? null : <ComponentPanel component={component} image={image} layers={content.layers} onClose={close} />}
          </>
        );
      }}
    </QueryView>
  );
}

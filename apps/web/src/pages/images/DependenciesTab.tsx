import { useQuery } from '@apollo/client/react';
import { useSearchParams } from 'react-router';
import { formatCount } from '../../formats/format-count.js';
import { formatEcosystem } from '../../formats/format-ecosystem.js';
import { ImageComponentsDocument, ImageDependenciesDocument, type NeighbourFieldsFragment } from '../../gql/graphql.js';
import { AppLink } from '../../ui/AppLink.js';
import { DataTable } from '../../ui/DataTable.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { ExpandableSection } from '../../ui/ExpandableSection.js';
import { Panel, Stack } from '../../ui/Panel.js';
import { SearchField } from '../../ui/SearchField.js';
import { SectionHeader } from '../../ui/SectionHeader.js';
import { QueryView } from '../QueryView.js';
import { useAddressDetail, useAddressValue, useCursorPage, withDetail, withValues } from '../use-address-state.js';
import { chainText } from './chain-text.js';
import { drawnAtMost } from './dependency-layout.js';
import { DependencyGraph } from './DependencyGraph.js';

const rowsOfPage = 50;
/** More than the sentence above the graph names. */
const longChain = 6;

/** Why a component is there: what needs it, and what it needs. As a picture, and the same as a table. */
export function DependenciesTab({ imageId }: { readonly imageId: string }) {
  const [component] = useAddressDetail('component');
  return component === '' ? <ChooseComponent imageId={imageId} /> : <Dependencies imageId={imageId} componentId={component} />;
}

function ChooseComponent({ imageId }: { readonly imageId: string }) {
  const [search, setSearch] = useAddressValue('search');
  const [query] = useSearchParams();
  const result = useQuery(ImageComponentsDocument, { variables: { id: imageId, first: 20, after: null, search: search === '' ? null : search, ecosystem: null, layerIndex: null, licence: null } });
  return (
    <Panel title="Choose a component" description="What needs it and what it needs is drawn around it.">
      <SearchField value={search} onSearch={setSearch} placeholder="Find by name, version or package URL" />
      <QueryView result={result}>
        {({ image }) => {
          const found = image?.content?.components.edges ?? [];
          if (found.length === 0) return <EmptyState compact title="No match" text="No component of this image is called so." />;
          return (
            <ul className="esscm-link-list">
              {found.map(({ node: { id, name, version } }) => (
                <li key={id}>
                  <AppLink to={`?${withDetail(query, 'component', id)}`}>{name}</AppLink> <span className="esscm-mono esscm-secondary">{version}</span>
                </li>
              ))}
            </ul>
          );
        }}
      </QueryView>
    </Panel>
  );
}

function Dependencies({ imageId, componentId }: { readonly imageId: string; readonly componentId: string }) {
  const { after, page, next, previous } = useCursorPage();
  const result = useQuery(ImageDependenciesDocument, { variables: { id: imageId, componentId, drawn: drawnAtMost, first: rowsOfPage, after: after ?? null } });
  const [query] = useSearchParams();
  const addressOf = (id: string): string => `?${withValues(query, { component: id, after: '', page: '' }).toString()}`;
  return (
    <QueryView result={result}>
      {({ image }, refreshing) => {
        const around = image?.content?.dependencies;
        if (around == null) return <EmptyState title="Not in this image" text="The present result of this image has no such component." actions={<AppLink to="?">Choose another</AppLink>} />;
        const { chain, neighbours } = around;
        return (
          <Stack>
            <Panel
              title={`${around.component.name} ${around.component.version}`}
              description={chain.length > 1 ? `It is here because ${chainText(chain.map(({ name }) => name))}.` : around.requiredByCount === 0 ? 'Nothing in this image says that it needs it: it was installed for itself, or what needs it does not declare it.' : undefined}
              aside={<AppLink to="?">Choose another</AppLink>}
            >
              {chain.length < longChain ? null : <WholeChain chain={chain} addressOf={addressOf} />}
              <DependencyGraph around={around} addressOf={addressOf} />
            </Panel>
            <DataTable
              label="Dependencies"
              rows={neighbours.edges}
              rowId={({ relation, node }) => `${relation} ${node.id}`}
              header={
                <SectionHeader variant="h2" description={`${formatCount(around.directRequiredByCount)} need it directly and ${formatCount(around.requiredByCount)} at any distance. It needs ${formatCount(around.directDependsOnCount)} directly and ${formatCount(around.dependsOnCount)} at any distance. Direct ones are listed.`}>
                  The same as a table
                </SectionHeader>
              }
              pager={{ page, hasNext: neighbours.pageInfo.hasNextPage, disabled: refreshing, onPrevious: previous, onNext: () => next(neighbours.pageInfo.endCursor ?? '') }}
              empty={<EmptyState compact title="No relations" text="Package managers of this type leave no record of dependencies, or this component has none." />}
              columns={[
                { id: 'relation', header: 'Relation', width: 150, phoneLine: 2, cell: ({ relation }) => <span className="esscm-secondary">{relation === 'REQUIRED_BY' ? 'Needs it' : 'Needed by it'}</span> },
                { id: 'name', header: 'Component', width: '40%', phoneLine: 1, cell: ({ node: { id, name } }) => <AppLink to={addressOf(id)}>{name}</AppLink> },
                { id: 'version', header: 'Version', phoneLine: 1, cell: ({ node }) => <span className="esscm-mono">{node.version}</span> },
                { id: 'type', header: 'Type', width: 110, phoneLine: 2, cell: ({ node }) => formatEcosystem(node.ecosystem) },
              ]}
            />
          </Stack>
        );
      }}
    </QueryView>
  );
}

/** Each step of a way that is too long for a sentence, folded until it is wanted. */
function WholeChain({ chain, addressOf }: { readonly chain: readonly NeighbourFieldsFragment[]; readonly addressOf: (id: string) => string }) {
  return (
    <ExpandableSection headerText={`The whole way, ${formatCount(chain.length)} components`} variant="default">
      <ol className="esscm-link-list">
        {chain.map(({ id, name, version }, index) => (
          <li key={id}>
            <span className="esscm-secondary">{index + 1}</span> {index === chain.length - 1 ? name : <AppLink to={addressOf(id)}>{name}</AppLink>} <span className="esscm-mono esscm-secondary">{version}</span>
          </li>
        ))}
      </ol>
    </ExpandableSection>
  );
}

import { useQuery } from '@apollo/client/react';
import { useSearchParams } from 'react-router';
import { formatCount } from '../../formats/format-count.js';
import { formatEcosystem } from '../../formats/format-ecosystem.js';
import { ImageComponentsDocument, ImageDependenciesDocument, type NeighbourFieldsFragment } from '../../gql/graphql.js';
import { AppLink } from '../../ui/AppLink.js';
import { DataTable } from '../../ui/DataTable.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { Panel, Stack } from '../../ui/Panel.js';
import { SearchField } from '../../ui/SearchField.js';
import { SectionHeader } from '../../ui/SectionHeader.js';
import { QueryView } from '../QueryView.js';
import { useAddressDetail, useAddressValue, withDetail } from '../use-address-state.js';
import { DependencyGraph } from './DependencyGraph.js';

/** So many of each relation the server gives. */
const listedAtMost = 100;

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

interface Row {
  readonly relation: 'Needs it' | 'Needed by it';
  readonly component: NeighbourFieldsFragment;
}

function Dependencies({ imageId, componentId }: { readonly imageId: string; readonly componentId: string }) {
  const result = useQuery(ImageDependenciesDocument, { variables: { id: imageId, componentId } });
  const [query] = useSearchParams();
  const addressOf = (id: string): string => `?${withDetail(query, 'component', id)}`;
  return (
    <QueryView result={result}>
      {({ image }) => {
        const around = image?.content?.dependencies;
        if (around == null) return <EmptyState title="Not in this image" text="The present result of this image has no such component." actions={<AppLink to="?">Choose another</AppLink>} />;
        const rows: readonly Row[] = [
          ...around.requiredBy.map((component): Row => ({ relation: 'Needs it', component })),
          ...around.dependsOn.map((component): Row => ({ relation: 'Needed by it', component })),
        ];
        return (
          <Stack>
            <Panel
              title={`${around.component.name} ${around.component.version}`}
              description={around.chain.length > 1 ? `It is here because ${chainText(around.chain)}.` : around.requiredByCount === 0 ? 'Nothing in this image says that it needs it: it was installed for itself, or what needs it does not declare it.' : undefined}
              aside={<AppLink to="?">Choose another</AppLink>}
            >
              <DependencyGraph around={around} addressOf={addressOf} />
            </Panel>
            <DataTable
              label="Dependencies"
              rows={rows}
              rowId={({ relation, component }) => `${relation} ${component.id}`}
              header={
                <SectionHeader variant="h2" description={`${formatCount(around.requiredByCount)} need it and it needs ${formatCount(around.dependsOnCount)}, at any distance. Direct ones are listed.`}>
                  The same as a table
                </SectionHeader>
              }
              footer={Math.max(around.requiredBy.length, around.dependsOn.length) < listedAtMost ? undefined : <span className="esscm-secondary">At most {listedAtMost} of each relation are listed.</span>}
              empty={<EmptyState compact title="No relations" text="Package managers of this type leave no record of dependencies, or this component has none." />}
              columns={[
                { id: 'relation', header: 'Relation', width: 150, phoneLine: 2, cell: ({ relation }) => <span className="esscm-secondary">{relation}</span> },
                { id: 'name', header: 'Component', width: '40%', phoneLine: 1, cell: ({ component: { id, name } }) => <AppLink to={addressOf(id)}>{name}</AppLink> },
                { id: 'version', header: 'Version', phoneLine: 1, cell: ({ component }) => <span className="esscm-mono">{component.version}</span> },
                { id: 'type', header: 'Type', width: 110, phoneLine: 2, cell: ({ component }) => formatEcosystem(component.ecosystem) },
              ]}
            />
          </Stack>
        );
      }}
    </QueryView>
  );
}

/** "app needs express, which needs qs". */
function chainText(chain: readonly NeighbourFieldsFragment[]): string {
  const [first, ...rest] = chain.map(({ name }) => name);
  return `${first ?? ''} needs ${rest.join(', which needs ')}`;
}

import { useQuery } from '@apollo/client/react';
import { formatCount } from '../../formats/format-count.js';
import { ApiSchemaDocument } from '../../gql/graphql.js';
import { DataTable } from '../../ui/DataTable.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { SearchField } from '../../ui/SearchField.js';
import { SectionHeader } from '../../ui/SectionHeader.js';
import { Toolbar } from '../../ui/Toolbar.js';
import { QueryView } from '../QueryView.js';
import { useAddressDetail } from '../use-address-state.js';
import { typeText } from './type-text.js';

/** Every operation there is, as the running server describes it. */
export function ApiReference() {
  const [search, setSearch] = useAddressDetail('search');
  const result = useQuery(ApiSchemaDocument);
  return (
    <QueryView result={result}>
      {({ __schema: { queryType, mutationType, subscriptionType } }) => {
        const all = [
          { kind: 'Query', fields: queryType.fields ?? [] },
          { kind: 'Mutation', fields: mutationType?.fields ?? [] },
          { kind: 'Subscription', fields: subscriptionType?.fields ?? [] },
        ].flatMap(({ kind, fields }) => fields.map((field) => ({ ...field, kind })));
        const wanted = search.toLowerCase();
        const rows = all.filter(({ name, description }) => `${name} ${description ?? ''}`.toLowerCase().includes(wanted));
        return (
          <DataTable
            label="Operations"
            rows={rows.slice(0, 100)}
            rowId={({ kind, name }) => `${kind} ${name}`}
            wrapLines
            header={
              <SectionHeader variant="h2" counter={`(${formatCount(rows.length)})`} description="As this server describes itself.">
                Operations
              </SectionHeader>
            }
            filter={<Toolbar search={<SearchField value={search} onSearch={setSearch} placeholder="Find an operation" />} />}
            empty={<EmptyState compact title="No match" text={`The filter hides ${formatCount(all.length)} operations.`} />}
            columns={[
              { id: 'name', header: 'Name', width: '22%', minWidth: 140, clips: true, phoneLine: 1, cell: ({ name }) => <code>{name}</code> },
              { id: 'kind', header: 'Kind', width: 100, phoneLine: 1, cell: ({ kind }) => <span className="esscm-secondary">{kind}</span> },
              { id: 'text', header: 'Does', phoneLine: 2, cell: ({ description }) => description ?? '–' },
              { id: 'arguments', header: 'Arguments', width: '26%', phoneLine: 0, cell: ({ args }) => <span className="esscm-mono esscm-secondary">{args.length === 0 ? '–' : args.map(({ name, type }) => `${name}: ${typeText(type)}`).join(', ')}</span> },
              { id: 'type', header: 'Gives', width: '18%', minWidth: 140, clips: true, phoneLine: 0, cell: ({ type }) => <code>{typeText(type)}</code> },
            ]}
          />
        );
      }}
    </QueryView>
  );
}

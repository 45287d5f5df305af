import { useQuery } from '@apollo/client/react';
import { formatCount, formatQuantity } from '../../formats/format-count.js';
import { ImageLicencesDocument } from '../../gql/graphql.js';
import { paths } from '../../paths.js';
import { AppLink } from '../../ui/AppLink.js';
import { DataTable } from '../../ui/DataTable.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { SearchField } from '../../ui/SearchField.js';
import { SectionHeader } from '../../ui/SectionHeader.js';
import { Toolbar } from '../../ui/Toolbar.js';
import { QueryView } from '../QueryView.js';
import { useAddressValue } from '../use-address-state.js';
import { noLicence } from './licences.js';

const shownAtMost = 100;

/** Licences with how many components have each; the number opens them. */
export function LicencesTab({ imageId }: { readonly imageId: string }) {
  const result = useQuery(ImageLicencesDocument, { variables: { id: imageId } });
  const [search, setSearch] = useAddressValue('search');
  return (
    <QueryView result={result}>
      {({ image }) => {
        const all = image?.content?.licences ?? [];
        const wanted = search.toLowerCase();
        const rows = all.filter(({ licence }) => (licence ?? 'none declared').toLowerCase().includes(wanted));
        return (
          <DataTable
            label="Licences"
            rows={rows.slice(0, shownAtMost)}
            rowId={({ licence }) => licence ?? noLicence}
            header={
              <SectionHeader variant="h2" counter={`(${formatCount(rows.length)})`} description="As components declare them. A component with two licences counts for both.">
                Licences
              </SectionHeader>
            }
            filter={all.length > 10 ? <Toolbar search={<SearchField value={search} onSearch={setSearch} placeholder="Find a licence" />} /> : undefined}
            footer={rows.length > shownAtMost ? <span className="esscm-secondary">The {shownAtMost} most frequent are shown; search for the others.</span> : undefined}
            empty={
              search === '' ? (
                <EmptyState compact title="No components" text="Licences are declared by components, and this image has none that could be read." />
              ) : (
                <EmptyState compact title="No match" text={`The filter hides ${formatQuantity(all.length, 'licence')}.`} />
              )
            }
            columns={[
              {
                id: 'licence',
                header: 'Licence',
                width: '40%',
                minWidth: 160,
                clips: true,
                phoneLine: 1,
                cell: ({ licence }) => (licence == null ? <span className="esscm-warning">None declared</span> : <span className="esscm-strong">{licence}</span>),
              },
              {
                id: 'count',
                header: 'Components',
                width: 130,
                phoneLine: 1,
                cell: ({ licence, count }) => <AppLink to={paths.image(imageId, 'components', { licence: licence ?? noLicence })}>{formatCount(count)}</AppLink>,
              },
              { id: 'examples', header: 'Such as', minWidth: 160, clips: true, phoneLine: 2, cell: ({ examples }) => <span className="esscm-secondary">{examples.join(', ')}</span> },
            ]}
          />
        );
      }}
    </QueryView>
  );
}

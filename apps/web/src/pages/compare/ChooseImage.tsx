import { useQuery } from '@apollo/client/react';
import { formatCount } from '../../formats/format-count.js';
import { CompareChoiceDocument } from '../../gql/graphql.js';
import { paths } from '../../paths.js';
import { imageSuffix } from '../../scans/image-suffix.js';
import { AppLink } from '../../ui/AppLink.js';
import { DataTable } from '../../ui/DataTable.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { ImageName } from '../../ui/ImageName.js';
import { PageHeader } from '../../ui/PageHeader.js';
import { SearchField } from '../../ui/SearchField.js';
import { Time } from '../../ui/Time.js';
import { Toolbar } from '../../ui/Toolbar.js';
import { QueryView } from '../QueryView.js';
import { useAddressDetail } from '../use-address-state.js';

/** Picks one side; the search starts with other tags of the image on the other side. */
export function ChooseImage({ side, from, to }: { readonly side: 'from' | 'to'; readonly from: string; readonly to: string }) {
  const other = side === 'from' ? to : from;
  const [typed, setTyped] = useAddressDetail('search');
  const known = useQuery(CompareChoiceDocument, { variables: { search: typed, id: other, withImage: other !== '' } });
  const otherImage = (known.data ?? known.previousData)?.image;
  const name = otherImage == null ? '' : `${otherImage.repository}${imageSuffix(otherImage)}`;
  return (
    <>
      <PageHeader name="Compare images" facts={name === '' ? 'Choose the earlier image.' : side === 'to' ? `${name} is the earlier image. Choose the later one.` : `${name} is the later image. Choose the earlier one.`} />
      <QueryView result={known}>
        {({ images }) => {
          const rows = images.edges.map(({ node }) => node).filter(({ id }) => id !== other);
          const same = rows.filter(({ repository }) => repository === otherImage?.repository);
          const sorted = [...same, ...rows.filter((row) => !same.includes(row))];
          return (
            <DataTable
              label="Images to compare with"
              rows={sorted}
              rowId={({ id }) => id}
              filter={<Toolbar search={<SearchField value={typed} onSearch={setTyped} placeholder={otherImage == null ? 'Find by repository or tag' : `Find by repository or tag, such as ${otherImage.repository}`} ariaLabel="Find an image" />} />}
              empty={<EmptyState compact title="No match" text="No image is called so." />}
              columns={[
                {
                  id: 'image',
                  header: 'Image',
                  width: '46%',
                  phoneLine: 1,
                  cell: (image) =>
                    image.content == null ? (
                      <ImageName repository={image.repository} suffix={imageSuffix(image)} />
                    ) : (
                      <AppLink to={side === 'from' ? paths.compare(image.id, to) : paths.compare(from, image.id)}>
                        <ImageName repository={image.repository} suffix={imageSuffix(image)} />
                      </AppLink>
                    ),
                },
                { id: 'components', header: 'Components', width: 160, phoneLine: 2, cell: ({ content }) => (content == null ? <span className="esscm-secondary">Not scanned</span> : <>{formatCount(content.componentCount)}<span className="esscm-phone-only"> {content.componentCount === 1 ? 'component' : 'components'}</span></>) },
                { id: 'platform', header: 'Platform', width: 160, phoneLine: 2, cell: ({ content }) => content?.platform ?? '–' },
                { id: 'scanned', header: 'Scanned', phoneLine: 3, cell: ({ scannedAt }) => <Time instant={scannedAt} /> },
              ]}
            />
          );
        }}
      </QueryView>
    </>
  );
}

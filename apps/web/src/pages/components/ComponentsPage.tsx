import { useQuery } from '@apollo/client/react';
import { formatCount, formatQuantity } from '../../formats/format-count.js';
import { formatDuration } from '../../formats/format-duration.js';
import { usePageLayout } from '../../frame/layout.js';
import { SearchComponentsDocument } from '../../gql/graphql.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { writeSort } from '../../ui/sort-address.js';
import { PageHeader } from '../../ui/PageHeader.js';
import { Stack } from '../../ui/Panel.js';
import { QueryView } from '../QueryView.js';
import { useAddressDetail, useAddressValue, useCursorPage, useSetAddressDetails, useSetAddressValues } from '../use-address-state.js';
import { ComponentPlaces } from './ComponentPlaces.js';
import { ComponentSearchForm } from './ComponentSearchForm.js';
import { ComponentVersions } from './ComponentVersions.js';
import { Distribution } from './Distribution.js';
import { matchSortInput, readMatchSort } from './match-sort.js';
import { componentsCsvAddress } from './components-csv-address.js';
import { readVersionAddress } from './version-address.js';

/** "Where is log4j?": a component in every image, by name, package URL and version range. */
export function ComponentsPage() {
  usePageLayout({ contentType: 'table' });
  const [text, setText] = useAddressValue('search');
  const [range, setRange] = useAddressValue('range');
  const [ecosystem, setEcosystem] = useAddressValue('type');
  const [vulnerable, setVulnerable] = useAddressValue('vulnerable');
  const [sortText, setSort] = useAddressValue('sort');
  const sort = readMatchSort(sortText);
  const order = matchSortInput(sort);
  const [chosen] = useAddressDetail('version');
  const [placesAfter, setPlacesAfter] = useAddressDetail('places');
  const setValues = useSetAddressValues();
  const setDetails = useSetAddressDetails();
  const { after, page, next, previous } = useCursorPage();
  const version = readVersionAddress(chosen);
  const result = useQuery(SearchComponentsDocument, {
    variables: {
      search: { text, versionRange: range === '' ? null : range, ecosystem: ecosystem === '' ? null : ecosystem, vulnerable: vulnerable === 'yes' },
      ...order,
      first: 25,
      after: after ?? null,
      packageKey: version?.packageKey ?? '',
      version: version?.version ?? '',
      withPlaces: version !== undefined,
      placesAfter: placesAfter === '' ? null : placesAfter,
    },
    skip: text === '',
    fetchPolicy: 'cache-and-network',
  });
  const shown = text === '' ? undefined : (result.data ?? result.previousData);
  const found = shown?.searchComponents.__typename === 'ComponentSearchPayload' ? shown.searchComponents : undefined;
  const issues = shown?.searchComponents.__typename === 'ValidationProblem' ? shown.searchComponents.issues : [];
  const summary = found === undefined ? undefined : `${found.truncated ? 'At least ' : ''}${formatQuantity(found.totalCount, 'version')} of ${formatQuantity(found.componentCount, 'component')} in ${formatQuantity(found.imageCount, 'image')}, ${formatDuration(found.tookMs)}`;
  return (
    <>
      <PageHeader
        name="Components"
        facts="Everything found inside your images. Search by name, package URL or version range."
        withoutPrimary
        actions={found === undefined || found.totalCount === 0 || found.truncated ? [] : [{ id: 'csv', text: 'Export list', onClick: () => window.location.assign(componentsCsvAddress({ text, range, ecosystem, vulnerable: vulnerable === 'yes', ...order })) }]}
      />
      <Stack>
        <ComponentSearchForm
          text={text}
          range={range}
          ecosystem={ecosystem}
          vulnerable={vulnerable === 'yes'}
          onVulnerable={(only) => setVulnerable(only ? 'yes' : '')}
          summary={summary}
          rangeProblem={issues.find(({ field }) => field === 'versionRange')?.message}
          textProblem={issues.find(({ field }) => field === 'text')?.message}
          onText={setText}
          onRange={setRange}
          onEcosystem={setEcosystem}
        />
        {text === '' ? (
          <EmptyState title="Where is it?" text="Type the name of a component, such as openssl or log4j-core. Every image, project and exact file that holds it is listed." />
        ) : (
          <QueryView result={result}>
            {(data, refreshing) =>
              found === undefined ? null : (
                <>
                  <Distribution found={found} range={range} />
                  <ComponentVersions
                    found={found}
                    sort={sort}
                    onSort={(next) => setSort(writeSort(next))}
                    chosen={chosen}
                    onChoose={(id) => setDetails({ version: id, places: '' })}
                    pager={{ page, hasNext: found.pageInfo.hasNextPage, disabled: refreshing, onPrevious: previous, onNext: () => next(found.pageInfo.endCursor ?? '') }}
                    onClear={() => setValues({ range: '', type: '', vulnerable: '' })}
                    filtered={range !== '' || ecosystem !== '' || vulnerable !== ''}
                    onlyVulnerable={vulnerable === 'yes'}
                  />
                  {version === undefined || data.componentPlaces == null ? null : (
                    <ComponentPlaces version={version} places={data.componentPlaces} total={found.edges.find(({ node }) => node.id === chosen)?.node.imageCount} onMore={setPlacesAfter} first={placesAfter === ''} />
                  )}
                  {found.truncated ? <p className="esscm-secondary">More than {formatCount(2000)} versions fit. Give more of the name to see the rest.</p> : null}
                </>
              )
            }
          </QueryView>
        )}
      </Stack>
    </>
  );
}

import { useQuery } from '@apollo/client/react';
import { useSearchParams } from 'react-router';
import { usePageLayout } from '../../frame/layout.js';
import { CompareImagesDocument } from '../../gql/graphql.js';
import { paths } from '../../paths.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { LinkButton } from '../../ui/LinkButton.js';
import { PageHeader } from '../../ui/PageHeader.js';
import { QueryView } from '../QueryView.js';
import { useAddressDetail, useAddressValue, useCursorPage, useSetAddressValues } from '../use-address-state.js';
import { changeFilterInput, readChangeFilter } from './change-filter.js';
import { readKinds } from './change-words.js';
import { ChooseImage } from './ChooseImage.js';
import { Comparison, type CompareView } from './Comparison.js';

const views: readonly CompareView[] = ['components', 'findings', 'layers', 'licences'];

/** Two images by address: what came, what went, and what changed. */
export function ComparePage() {
  const [query] = useSearchParams();
  const [picking] = useAddressDetail('choose');
  const from = query.get('from') ?? '';
  const to = query.get('to') ?? '';
  usePageLayout({ crumbs: [{ text: 'Images', href: paths.images() }, { text: 'Compare', href: paths.compare(from, to) }] });
  const side = picking === 'from' || from === '' ? 'from' : picking === 'to' || to === '' ? 'to' : undefined;
  if (side !== undefined) return <ChooseImage side={side} from={from} to={to} />;
  return <Compared from={from} to={to} />;
}

function Compared({ from, to }: { readonly from: string; readonly to: string }) {
  const [viewText, setView] = useAddressValue('view', 'view');
  const [kind, setKind] = useAddressValue('kind');
  const { after, page, next, previous } = useCursorPage();
  const view = views.find((candidate) => candidate === viewText) ?? 'components';
  const kinds = readKinds(kind);
  const [query] = useSearchParams();
  const setValues = useSetAddressValues();
  const findingFilter = readChangeFilter(query);
  const result = useQuery(CompareImagesDocument, {
    variables: { from, to, first: 50, after: after ?? null, kinds: kinds === undefined ? null : [...kinds], findingFilter: changeFilterInput(findingFilter), withComponents: view === 'components', withFindings: view === 'findings', withLicences: view === 'licences' },
  });
  const pagerOf = (pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null } | undefined, disabled: boolean) => ({
    page,
    hasNext: pageInfo?.hasNextPage ?? false,
    disabled,
    onPrevious: previous,
    onNext: () => next(pageInfo?.endCursor ?? ''),
  });
  return (
    <QueryView result={result}>
      {({ compareImages }, refreshing) =>
        compareImages == null ? (
          <>
            <PageHeader name="Compare images" />
            <EmptyState
              title="These two cannot be compared"
              text="One of the images is gone, or has not been scanned yet. There is nothing to say about an image without a result."
              actions={<LinkButton to={paths.compare()}>Choose two images</LinkButton>}
            />
          </>
        ) : (
          <Comparison
            comparison={compareImages}
            view={view}
            onView={(chosen) => setView(chosen === 'components' ? '' : chosen)}
            kind={kind}
            onKind={setKind}
            findingFilter={findingFilter}
            onFindingFilter={(filter) => setValues({ ...filter, finding: '' })}
            pager={pagerOf((compareImages.findings ?? compareImages.components)?.pageInfo, refreshing)}
          />
        )
      }
    </QueryView>
  );
}

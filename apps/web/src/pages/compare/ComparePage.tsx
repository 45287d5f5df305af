import { useQuery } from '@apollo/client/react';
import { useSearchParams } from 'react-router';
import { usePageLayout } from '../../frame/layout.js';
import { CompareImagesDocument } from '../../gql/graphql.js';
import { paths } from '../../paths.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { LinkButton } from '../../ui/LinkButton.js';
import { PageHeader } from '../../ui/PageHeader.js';
import { QueryView } from '../QueryView.js';
import { useAddressDetail, useAddressValue, useCursorPage } from '../use-address-state.js';
import { readKinds } from './change-words.js';
import { ChooseImage } from './ChooseImage.js';
import { Comparison, type CompareView } from './Comparison.js';

const views: readonly CompareView[] = ['components', 'layers', 'licences'];

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
  const [viewText, setView] = useAddressValue('view');
  const [kind, setKind] = useAddressValue('kind');
  const { after, page, next, previous } = useCursorPage();
  const view = views.find((candidate) => candidate === viewText) ?? 'components';
  const kinds = readKinds(kind);
  const result = useQuery(CompareImagesDocument, {
    variables: { from, to, first: 50, after: after ?? null, kinds: kinds === undefined ? null : [...kinds], withComponents: view === 'components', withLicences: view === 'licences' },
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
            pager={{ page, hasNext: compareImages.components?.pageInfo.hasNextPage ?? false, disabled: refreshing, onPrevious: previous, onNext: () => next(compareImages.components?.pageInfo.endCursor ?? '') }}
          />
        )
      }
    </QueryView>
  );
}

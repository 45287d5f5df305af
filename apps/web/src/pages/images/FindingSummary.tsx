import { useQuery } from '@apollo/client/react';
import { FixList } from '../../findings/FixList.js';
import { rankFixes } from '../../findings/rank-fixes.js';
import { resultCounts } from '../../findings/result-counts.js';
import { SeverityBars } from '../../findings/SeverityBars.js';
import { severityNumbers } from '../../findings/severity.js';
import { formatCount, formatQuantity } from '../../formats/format-count.js';
import { ImageFixesDocument } from '../../gql/graphql.js';
import { paths } from '../../paths.js';
import { AppLink } from '../../ui/AppLink.js';
import { Panel, Stack } from '../../ui/Panel.js';
import type { ImageDetails } from './image-details.js';
import { NotJudged } from './NotJudged.js';

/** The verdict on an image and what to do about it; words where nothing was judged. */
export function FindingSummary({ image, content }: { readonly image: ImageDetails; readonly content: NonNullable<ImageDetails['content']> }) {
  const said = resultCounts(content);
  const { matching } = content;
  const fixable = matching !== null && said.kind === 'counts' && matching.fixableCount > 0;
  const fixes = useQuery(ImageFixesDocument, { variables: { id: image.id }, skip: !fixable });
  const ranked = rankFixes(fixes.data?.topFixes ?? [], fixes.data?.baseFixes ?? []);
  if (matching === null || said.kind === 'none') {
    return (
      <Panel title="Vulnerabilities">
        <NotJudged compact matching={matching} />
      </Panel>
    );
  }
  const { counts, exploitedCount, fixableCount, fixableCounts, notices } = matching;
  return (
    <Stack>
      <Panel
        title={counts.total === 0 ? (said.atLeast ? 'None found so far' : 'No known vulnerabilities') : `${said.atLeast ? 'At least ' : ''}${formatQuantity(counts.total, 'finding')}`}
        description={counts.total === 0 ? (said.atLeast ? 'A part of this image was not read or not judged, so this is not a clean result.' : undefined) : `${exploitedCount === 0 ? 'None is known to be exploited' : `${formatCount(exploitedCount)} known to be exploited`}; ${formatCount(fixableCount)} ${fixableCount === 1 ? 'has' : 'have'} a fix`}
      >
        <SeverityBars counts={said.counts} fixable={severityNumbers(fixableCounts)} addressOf={(level, fix) => paths.image(image.id, 'vulnerabilities', { severity: level, fix })} />
        {image.settledByVexCount === 0 ? null : (
          <p className="esscm-secondary">
            <AppLink to={paths.findings({ group: 'none', image: image.id, state: 'not_affected,fixed' })}>{formatQuantity(image.settledByVexCount, 'finding')}</AppLink> of these {image.settledByVexCount === 1 ? 'is' : 'are'} settled by <AppLink to={paths.vexDocuments()}>VEX documents</AppLink>.
          </p>
        )}
        {notices.length === 0 ? null : (
          <ul className="esscm-notices">
            {notices.map(({ code, message, componentCount }) => (
              <li key={`${code} ${message}`}>
                {message} ({formatQuantity(componentCount, 'component')})
              </li>
            ))}
          </ul>
        )}
      </Panel>
      {ranked.length === 0 ? null : (
        <Panel title="Fix first" description="Fewest changes that remove most risk">
          <FixList fixes={ranked} imageId={image.id} />
          <p className="esscm-more">
            <AppLink to={paths.fixes(image.id)}>All fixes of this image</AppLink>
          </p>
        </Panel>
      )}
    </Stack>
  );
}

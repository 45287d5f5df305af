import { formatCount, formatQuantity } from '../formats/format-count.js';
import type { ImageCoverage, ImageCoverageRowFragment } from '../gql/graphql.js';
import { paths } from '../paths.js';
import { AppLink } from '../ui/AppLink.js';
import { Time } from '../ui/Time.js';
import { ChartPanel } from './ChartPanel.js';
import styles from './charts.module.css';
import { coverageAddress, coverageWords } from './coverage-words.js';
import { formatCoverageShare } from './coverage-share.js';

interface CoverageChartProps {
  readonly coverage: readonly ImageCoverageRowFragment[];
  /** When the oldest source of advisories was last asked; undefined before the first time. */
  readonly advisoriesAt: string | undefined;
}

const tones: Readonly<Record<ImageCoverage, string>> = { CURRENT: 'current', STALE: 'stale', PARTIAL: 'partial', PARTLY_JUDGED: 'partlyJudged', NOT_JUDGED: 'notJudged', FAILED: 'failed', NOT_SCANNED: 'notScanned' };

/** How much of what is tracked is known: images by the state of their result, one bar; each number opens its images. */
export function CoverageChart({ coverage, advisoriesAt }: CoverageChartProps) {
  const total = coverage.reduce((sum, { imageCount }) => sum + imageCount, 0);
  const there = coverage.filter(({ imageCount }) => imageCount > 0);
  const link = (kind: ImageCoverage, imageCount: number) =>
    imageCount === 0 ? '0' : (
      <AppLink to={paths.images({ result: coverageAddress(kind) })} ariaLabel={`${formatQuantity(imageCount, 'image')}: ${coverageWords[kind].text.toLowerCase()}`}>
        {formatCount(imageCount)}
      </AppLink>
    );
  return (
    <ChartPanel
      name="coverage"
      title="Coverage"
      description={
        <>
          {formatQuantity(total, 'image')} by what is known of them. {advisoriesAt === undefined ? 'No advisories were fetched yet.' : <>Advisories asked for <Time instant={advisoriesAt} />.</>}
        </>
      }
      table={{ label: 'Images by what is known', head: ['Result', 'Images', 'Share'], rows: coverage.map(({ coverage: kind, imageCount }) => [coverageWords[kind].text, link(kind, imageCount), formatCoverageShare(imageCount, total)]) }}
    >
      <div className={styles['stacked']} role="img" aria-label={there.map(({ coverage: kind, imageCount }) => `${formatCount(imageCount)} ${coverageWords[kind].text.toLowerCase()}`).join(', ')}>
        {there.map(({ coverage: kind, imageCount }) => (
          <span key={kind} className={styles[tones[kind]]} style={{ inlineSize: `${(imageCount / Math.max(1, total)) * 100}%` }} />
        ))}
      </div>
      <div className={styles['shares']} aria-hidden="true">
        <span>0 %</span>
        <span>50 %</span>
        <span>100 % of images</span>
      </div>
      <ul className={styles['states']}>
        {coverage.map(({ coverage: kind, imageCount }) => (
          <li key={kind} {...(imageCount === 0 && { className: 'esscm-secondary' })}>
            <span className={`${styles['key'] ?? ''} ${styles[tones[kind]] ?? ''}`} aria-hidden="true" />
            <span>
              {coverageWords[kind].text}
              <small>{coverageWords[kind].meaning}</small>
            </span>
            {link(kind, imageCount)}
          </li>
        ))}
      </ul>
    </ChartPanel>
  );
}

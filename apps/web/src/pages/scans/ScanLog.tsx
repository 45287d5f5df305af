import { useEffect, useRef, useState } from 'react';
import { formatCount, formatQuantity } from '../../formats/format-count.js';
import type { ScanLogFactsFragment, ScanLogLevel } from '../../gql/graphql.js';
import { stageName } from '../../scans/scan-words.js';
import { Button } from '../../ui/Button.js';
import { Checkbox } from '../../ui/Checkbox.js';
import { CopyButton } from '../../ui/CopyButton.js';
import { LiveRegion } from '../../ui/LiveRegion.js';
import { Panel } from '../../ui/Panel.js';
import { Segments } from '../../ui/Segments.js';
import { Status, type StatusKind } from '../../ui/Status.js';
import { Time } from '../../ui/Time.js';
import { linesOf, logText, newsText, type LogView } from './log-lines.js';
import styles from './ScanLog.module.css';

const views = [
  { id: 'all', text: 'All' },
  { id: 'warnings', text: 'Warnings and errors' },
  { id: 'errors', text: 'Errors' },
] as const;
const kinds: Readonly<Record<ScanLogLevel, StatusKind>> = { INFO: 'note', WARNING: 'partial', ERROR: 'failed' };
const words: Readonly<Record<ScanLogLevel, string>> = { INFO: 'Info', WARNING: 'Warning', ERROR: 'Error' };
/** Between two lines said by a screen reader. */
const newsMs = 5_000;

interface ScanLogProps {
  readonly lines: readonly ScanLogFactsFragment[];
  /** Lines may still come. */
  readonly active: boolean;
  readonly fileName: string;
}

/** What a scan wrote about itself. While it runs the last line stays in sight, until somebody scrolls or switches that off. */
export function ScanLog({ lines, active, fileName }: ScanLogProps) {
  const [view, setView] = useState<LogView>('all');
  const [follow, setFollow] = useState(true);
  const element = useRef<HTMLDivElement>(null);
  const shown = linesOf(lines, view);
  const following = active && follow;
  useEffect(() => {
    if (following) element.current?.scrollTo({ top: element.current.scrollHeight });
  }, [following, shown.length]);
  if (lines.length === 0) {
    return (
      <Panel title="Log">
        <p className="esscm-secondary">{active ? 'Lines appear when the scan begins.' : 'Nothing was written, or it was more than 30 days ago.'}</p>
      </Panel>
    );
  }
  const first = lines[0]?.position ?? 1;
  return (
    <Panel title="Log">
      <div className={styles['bar']}>
        <Segments label="Lines" selected={view} options={views} onChange={setView} />
        {active ? (
          <Checkbox checked={follow} onChange={({ detail }) => setFollow(detail.checked)}>
            Follow
          </Checkbox>
        ) : null}
        <div className={styles['actions']}>
          <CopyButton text={logText(shown)}>Copy</CopyButton>
          <Button iconName="download" onClick={() => save(logText(lines), fileName)}>
            Download
          </Button>
        </div>
      </div>
      {/* Focusable, so that the keyboard can scroll it. Nobody is read every line: the live region below says the last one now and then. */}
      <div
        ref={element}
        className={styles['log']}
        tabIndex={0}
        role="region"
        aria-label="Lines of the log"
        onWheel={() => setFollow(false)}
        onKeyDown={({ key }) => {
          if (scrollingKeys.has(key)) setFollow(false);
        }}
      >
        <table>
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col">Level</th>
              <th scope="col">Stage</th>
              <th scope="col">What</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ position, at, level, stage, text }) => (
              <tr key={position}>
                <td className={styles['fixed']}>
                  <Time instant={at} form="event" />
                </td>
                <td className={styles['fixed']}>{level === 'INFO' ? words[level] : <Status kind={kinds[level]}>{words[level]}</Status>}</td>
                <td className={styles['fixed']}>{stage == null ? '' : stageName(stage)}</td>
                <td>{text}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="esscm-secondary">
        {shown.length === lines.length ? formatQuantity(lines.length, 'line') : `${formatCount(shown.length)} of ${formatQuantity(lines.length, 'line')}`}
        {first > 1 ? `; the ${formatQuantity(first - 1, 'line')} before are not kept` : ''}
      </p>
      <LiveRegion text={following ? newsText(shown) : ''} intervalMs={newsMs} />
    </Panel>
  );
}

const scrollingKeys: ReadonlySet<string> = new Set(['ArrowUp', 'PageUp', 'Home']);

/** Gives the browser a text as a file, without asking the server again. */
function save(text: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

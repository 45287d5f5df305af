import { formatCount, formatQuantity } from '../formats/format-count.js';
import { formatDigest } from '../formats/format-digest.js';
import { formatSize } from '../formats/format-size.js';
import { Button } from '../ui/Button.js';
import { DataTable } from '../ui/DataTable.js';
import { EmptyState } from '../ui/EmptyState.js';
import { LiveRegion } from '../ui/LiveRegion.js';
import { Time } from '../ui/Time.js';
import { ProblemAlert } from '../verification/ProblemAlert.js';
import { noMatchWords, previewSummary } from './preview-words.js';
import styles from './RuleEditor.module.css';
import type { PreviewState } from './use-selection-preview.js';

/** What rules match, with the list. */
export function RulePreview({ state, who, names = false }: { readonly state: PreviewState; readonly who: string; readonly names?: boolean }) {
  const { preview, problem } = state;
  const summary = previewSummary(state);
  const rows = preview?.edges.map(({ node }) => node) ?? [];
  return (
    <>
      <div className={styles['counting']}>
        <b>{summary}</b>
        {preview === undefined ? null : (
          <span>
            {preview.complete
              ? `in ${formatQuantity(preview.repositoryCount, 'repository', 'repositories')}`
              : `${formatCount(preview.imageCount)} so far, ${formatCount(preview.repositoriesRead)} of ${formatQuantity(preview.repositoryCount, 'repository', 'repositories')} read`}
          </span>
        )}
      </div>
      {problem === undefined ? null : <ProblemAlert who={who} kind={preview === undefined ? 'error' : 'warning'} {...problem} action={<Button onClick={state.again}>Try again</Button>} />}
      <DataTable
        label="Images that match"
        rows={rows}
        rowId={({ reference }) => reference}
        loading={preview === undefined && problem === undefined && Object.keys(state.issues).length === 0}
        empty={<EmptyState compact {...noMatchWords(state)} />}
        footer={preview !== undefined && preview.pageInfo.hasNextPage ? `The first ${formatCount(rows.length)} are shown.` : undefined}
        columns={[
          { id: 'image', header: 'Image', phoneLine: 1, cell: ({ repository, tag }) => <><span className="esscm-strong">{repository}</span><span className="esscm-secondary">:{tag}</span></> },
          ...(names
            ? [
                { id: 'project', header: 'Project', phoneLine: 2 as const, cell: ({ projectName }: (typeof rows)[number]) => projectName },
                { id: 'version', header: 'Version', phoneLine: 2 as const, cell: ({ projectVersion }: (typeof rows)[number]) => projectVersion },
              ]
            : [
                { id: 'digest', header: 'Digest', width: 190, phoneLine: 2 as const, cell: ({ digest }: (typeof rows)[number]) => <span className="esscm-mono esscm-secondary" title={digest}>{formatDigest(digest)}</span> },
                { id: 'size', header: 'Size', width: 110, cell: ({ sizeBytes }: (typeof rows)[number]) => formatSize(sizeBytes) },
                { id: 'pushed', header: 'Pushed', width: 130, cell: ({ pushedAt }: (typeof rows)[number]) => <Time instant={pushedAt} /> },
              ]),
        ]}
      />
      <LiveRegion text={summary === 'counting…' ? '' : summary} />
    </>
  );
}

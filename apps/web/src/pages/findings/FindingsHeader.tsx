import { useState } from 'react';
import { csvAddress } from '../../findings/finding-filter.js';
import { totalText } from '../../findings/total-text.js';
import { useFindingFilter } from '../../findings/use-finding-filter.js';
import { formatCount } from '../../formats/format-count.js';
import type { FindingSort, FindingsQuery } from '../../gql/graphql.js';
import { paths } from '../../paths.js';
import { AppLink } from '../../ui/AppLink.js';
import { PageHeader } from '../../ui/PageHeader.js';
import { severityText } from '../../ui/Severity.js';
import { severityNumbers } from '../../findings/severity.js';
import { SaveViewForm } from './SaveViewForm.js';

interface FindingsHeaderProps {
  readonly findings: Pick<FindingsQuery['findings'], 'totalCount' | 'totals'>;
  readonly overview: FindingsQuery['overview'];
  /** The order of the list, for its table; worst first without one. */
  readonly csv?: { readonly sort: FindingSort; readonly reversed: boolean };
  readonly onSaved: () => void;
  /** Where findings can be chosen: the button that sets their state. */
  readonly triage?: { readonly buttonText: string; readonly disabled: boolean; readonly open: () => void };
}

/** How many fit the filter, and what to do with the list. */
export function FindingsHeader({ findings: { totalCount, totals }, overview, csv, onSaved, triage }: FindingsHeaderProps) {
  const [filter] = useFindingFilter();
  const [saving, setSaving] = useState(false);
  const unscanned = overview.imageCount - overview.scannedImageCount;
  return (
    <>
      <PageHeader
        name="Findings"
        counter={`(${totalText(totalCount)})`}
        facts={
          <>
            {totalCount.count === 0 ? null : (
              <>
                <span>{severityText(severityNumbers(totals.counts))}</span>
                <span>{formatCount(totals.exploitedCount)} exploited</span>
                <span>{formatCount(totals.fixableCount)} with a fix</span>
              </>
            )}
            <AppLink to={paths.decisions()}>Decisions</AppLink>
            <AppLink to={paths.vexDocuments()}>VEX documents</AppLink>
            {unscanned > 0 ? <span className="esscm-warning">{unscanned === 1 ? '1 image has' : `${formatCount(unscanned)} images have`} no result and {unscanned === 1 ? 'is' : 'are'} not counted</span> : null}
          </>
        }
        withoutPrimary={triage === undefined || triage.disabled}
        actions={[
          { id: 'save', text: 'Save view', onClick: () => setSaving(true) },
          { id: 'csv', text: 'Export CSV', onClick: () => window.location.assign(csvAddress(filter, csv)) },
          ...(triage === undefined ? [] : [{ id: 'state', text: triage.buttonText, disabled: triage.disabled, onClick: triage.open }]),
        ]}
      />
      {saving ? (
        <SaveViewForm
          onClose={(saved) => {
            setSaving(false);
            if (saved) onSaved();
          }}
        />
      ) : null}
    </>
  );
}

import { debianReleaseOfCodename } from '../../matchers/distribution-ecosystems.js';
import { encodeEvents } from '../advisory-record.js';
import type { AffectedDetail, AffectedPackage, UnfixedState } from '../advisory-record.js';
import type { ReleaseStatus, TrackerIssue } from './schema.js';

/** What the tracker says of one source package, one entry a release; releases without a known codename and undetermined ones are left out. */
export function readTrackerIssue(name: string, issue: TrackerIssue): AffectedPackage[] {
  return Object.entries(issue.releases).flatMap(([codename, status]) => {
    const release = debianReleaseOfCodename(codename);
    if (release === undefined || status.status === 'undetermined') return [];
    const fixed = status.status === 'resolved' ? status.fixed_version : undefined;
    if (status.status === 'resolved' && fixed === undefined) return [];
    const events = encodeEvents([{ kind: 'introduced', version: '0' }, ...(fixed === undefined ? [] : [{ kind: 'fixed', version: fixed } as const])]);
    return [{ ecosystem: `Debian:${release}`, name, ranges: [events], versions: [], detail: detailOf(status) }];
  });
}

function detailOf(status: ReleaseStatus): AffectedDetail {
  // A star marks a rating that was made by a program.
  const urgency = status.urgency?.replace(/\*+$/, '') ?? '';
  const fixState = status.status === 'open' ? fixStateOf(status, urgency) : undefined;
  return {
    decisive: true,
    ...(['unimportant', 'low', 'medium', 'high'].includes(urgency) ? { urgency } : {}),
    ...(fixState === undefined ? {} : { fixState, fixNote: noteOf(status, fixState) }),
  };
}

function fixStateOf(status: ReleaseStatus, urgency: string): UnfixedState | undefined {
  if (urgency === 'end-of-life') return 'end-of-life';
  if (status.nodsa === undefined) return undefined;
  return status.nodsa_reason === 'ignored' ? 'will-not-fix' : 'deferred';
}

function noteOf(status: ReleaseStatus, fixState: UnfixedState): string {
  const said = status.nodsa === undefined || status.nodsa === '' ? '' : `: ${status.nodsa}`;
  if (fixState === 'end-of-life') return `Debian no longer supports this package in this release${said}`;
  if (fixState === 'will-not-fix') return `Debian ignores it in this release${said}`;
  return status.nodsa_reason === 'postponed' ? `Debian has postponed a fix${said}` : `Debian plans no advisory; a point release may fix it${said}`;
}

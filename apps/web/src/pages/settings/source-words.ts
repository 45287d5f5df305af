import { formatSizeOf } from '../../formats/format-size.js';
import type { AdvisorySourceRowFragment } from '../../gql/graphql.js';
import type { StatusKind } from '../../ui/Status.js';

type Source = Pick<AdvisorySourceRowFragment, 'state'> & Partial<Pick<AdvisorySourceRowFragment, 'progress' | 'checkedAt'>>;

/** How a source is doing, as icon and words. */
export function sourceStatus({ state, progress, checkedAt }: Source): { readonly kind: StatusKind; readonly text: string } {
  switch (state) {
    case 'READY':
      return { kind: 'done', text: 'Current' };
    case 'WANTED':
      return { kind: 'waiting', text: checkedAt == null ? 'Waiting for the first time' : 'Due' };
    case 'FAILED':
      return { kind: 'failed', text: checkedAt == null ? 'Failed' : 'Failed, the last good data is used' };
    case 'FETCHING':
      return { kind: 'running', text: progress?.bytesTotal == null || Number(progress.bytesTotal) === 0 ? 'Updating' : `Updating, ${formatSizeOf(progress.bytesDone ?? 0, progress.bytesTotal)}` };
  }
}

const names: Readonly<Record<string, string>> = {
  exploitation: 'Exploited vulnerabilities and EPSS',
  'Amazon Linux:explorer': 'CVE explorer of Amazon Linux',
};

/** The name of a source for people. */
export function sourceName(name: string): string {
  return names[name] ?? name;
}

import type { FindingFilter, FindingSort, Store } from '@esscm/store';
import { readPage, type PagingArguments } from '../../graphql/paging.js';
import { findingView } from './finding-view.js';
import type { FindingConnection } from './finding.type.js';

/** A page of findings that knows its filter, for the fields that count. */
export async function readFindings(
  store: Pick<Store, 'findings'>,
  organizationId: string,
  filter: FindingFilter,
  sort: FindingSort,
  { reversed = false, ...paging }: PagingArguments & { readonly reversed?: boolean },
): Promise<FindingConnection> {
  const page = await readPage(paging, (request) => store.findings.list(organizationId, filter, sort, { ...request, reversed }), findingView);
  return { ...page, filter };
}

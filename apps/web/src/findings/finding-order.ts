import type { FindingGroupSort, FindingGrouping, FindingSort } from '../gql/graphql.js';
import { listOrder, type ListOrder } from '../ui/list-order.js';

/** Columns by which findings can be ordered, one by one. */
export const findingOrder = listOrder<FindingSort, 'severity' | 'vulnerability' | 'package' | 'epss' | 'seen'>(
  {
    severity: { sort: 'IMPORTANCE', first: 'descending' },
    vulnerability: { sort: 'VULNERABILITY', first: 'ascending' },
    package: { sort: 'PACKAGE', first: 'ascending' },
    epss: { sort: 'EPSS', first: 'descending' },
    seen: { sort: 'FIRST_SEEN', first: 'descending' },
  },
  'severity',
);

const ofEveryGroup = {
  severity: { sort: 'IMPORTANCE', first: 'descending' },
  seen: { sort: 'FIRST_SEEN', first: 'descending' },
} as const;

/** The same of groups; a column that names what a group is of orders by it. */
export const findingGroupOrders: Readonly<Record<FindingGrouping, ListOrder<FindingGroupSort>>> = {
  VULNERABILITY: listOrder(
    {
      ...ofEveryGroup,
      vulnerability: { sort: 'KEY', first: 'ascending' },
      images: { sort: 'IMAGES', first: 'descending' },
      projects: { sort: 'PROJECTS', first: 'descending' },
      epss: { sort: 'EPSS', first: 'descending' },
    },
    'severity',
  ),
  COMPONENT: listOrder({ ...ofEveryGroup, images: { sort: 'IMAGES', first: 'descending' } }, 'severity'),
  IMAGE: listOrder({ ...ofEveryGroup, findings: { sort: 'FINDINGS', first: 'descending' }, epss: { sort: 'EPSS', first: 'descending' } }, 'severity'),
};

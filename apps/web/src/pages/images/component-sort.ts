import type { ComponentSort } from '../../gql/graphql.js';
import { listOrder } from '../../ui/list-order.js';

/** Columns by which components can be ordered. */
export const componentOrder = listOrder<ComponentSort, 'name' | 'version' | 'type' | 'licence' | 'findings' | 'layer'>(
  {
    name: { sort: 'NAME', first: 'ascending' },
    version: { sort: 'VERSION', first: 'ascending' },
    type: { sort: 'TYPE', first: 'ascending' },
    licence: { sort: 'LICENCE', first: 'ascending' },
    findings: { sort: 'FINDINGS', first: 'descending' },
    layer: { sort: 'LAYER', first: 'ascending' },
  },
  'findings',
);

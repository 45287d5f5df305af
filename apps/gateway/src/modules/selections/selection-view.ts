import { describeRule, selectionRuleSchema } from '@esscm/selection';
import type { SelectionRecord } from '@esscm/store';
import { instance } from '../../graphql/instance.js';
import { Selection } from './selection.type.js';

/** A stored rule as the API shows it. */
export function selectionView({ id, rule, naming, platforms, createdAt }: SelectionRecord, imageCount: number): Selection {
  const read = selectionRuleSchema.safeParse(rule);
  return instance(Selection, {
    id,
    naming,
    createdAt,
    imageCount,
    summary: read.success ? describeRule(read.data) : 'This rule was stored by another release and cannot be read.',
    rule: read.success ? read.data : undefined,
    platforms: { all: platforms === 'all', list: typeof platforms === 'string' ? undefined : platforms },
  });
}

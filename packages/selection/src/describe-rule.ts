import type { SelectionRule } from './selection-rule.js';

/** A rule in one line: "payments/**, tags 2.*, the newest 5 of each repository". */
export function describeRule(rule: SelectionRule): string {
  const { repository, tag, excludeTag, versionRange, latest, newerThanDays, pulledWithinDays } = rule;
  const parts = [repository.kind === 'glob' && repository.text === '**' ? 'every repository' : repository.text];
  if (tag !== undefined) parts.push(`tags ${tag.text}`);
  if (excludeTag !== undefined) parts.push(`not ${excludeTag.text}`);
  if (versionRange !== undefined) parts.push(`versions ${versionRange}`);
  if (latest !== undefined) parts.push(`the ${latest.by === 'push' ? 'newest' : 'highest'} ${latest.count} of each repository`);
  if (newerThanDays !== undefined) parts.push(`pushed within ${dayCount(newerThanDays)}`);
  if (pulledWithinDays !== undefined) parts.push(`pulled within ${dayCount(pulledWithinDays)}`);
  return parts.join(', ');
}

function dayCount(days: number): string {
  return days === 1 ? '1 day' : `${days} days`;
}

import { z } from 'zod';
import { maximumPatternLength, type TextPattern } from './text-pattern.js';

/**
 * Which images are wanted, now and later. An image is wanted when its repository matches and one of its tags passes every other
 * condition. Images without a tag are chosen by hand only.
 */
export interface SelectionRule {
  readonly repository: TextPattern;
  /** Without it any tag will do. */
  readonly tag?: TextPattern | undefined;
  readonly excludeTag?: TextPattern | undefined;
  /** Of Semantic Versioning; tags that are no version do not pass. */
  readonly versionRange?: string | undefined;
  /** Only so many of each repository, by time of push or by version; a tag that is no version comes after all that are. */
  readonly latest?: { readonly count: number; readonly by: 'push' | 'version' } | undefined;
  /** Pushed within so many days. */
  readonly newerThanDays?: number | undefined;
  /** Last pulled within so many days, where the registry records it. */
  readonly pulledWithinDays?: number | undefined;
}

const pattern = z.strictObject({ kind: z.enum(['glob', 'regex']), text: z.string().min(1, 'Enter a pattern.').max(maximumPatternLength, `A pattern has at most ${maximumPatternLength} characters.`) });
const days = z.int().min(1, 'At least 1 day.').max(3650, 'At most 3,650 days.');

/** What a stored or sent rule has to look like; that its patterns can be read is found by `compileRule`. */
export const selectionRuleSchema = z.strictObject({
  repository: pattern,
  tag: pattern.optional(),
  excludeTag: pattern.optional(),
  versionRange: z.string().min(1, 'Enter a range.').max(200, 'A range has at most 200 characters.').optional(),
  latest: z.strictObject({ count: z.int().min(1, 'At least 1.').max(1000, 'At most 1,000.'), by: z.enum(['push', 'version']) }).optional(),
  newerThanDays: days.optional(),
  pulledWithinDays: days.optional(),
});

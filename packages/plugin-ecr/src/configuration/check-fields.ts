import type { FieldIssue } from '@esscm/registry-core';
import type { z } from 'zod';

/** What the values are once checked, or one issue a field: what is missing is said before what is wrong. */
export function checkFields<Schema extends z.ZodType>(
  schema: Schema,
  values: Readonly<Record<string, string>>,
  missing: readonly FieldIssue[],
): { readonly data: z.output<Schema> } | { readonly issues: readonly FieldIssue[] } {
  const checked = schema.safeParse(values);
  if (checked.success && missing.length === 0) return { data: checked.data };
  const wrong = checked.success ? [] : checked.error.issues.map((issue) => ({ field: issue.path.map(String).join('.'), message: issue.message }));
  const toSay = wrong.filter(({ field }, index) => !missing.some((issue) => issue.field === field) && wrong.findIndex((issue) => issue.field === field) === index);
  return { issues: [...missing, ...toSay] };
}

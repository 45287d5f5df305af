import type { z } from 'zod';
import type { FieldIssue } from './problem.type.js';

/** Issues of a zod schema as the API tells them: `images.0.projectName`. Schemas word them without the value. */
export function issuesOf(error: z.ZodError): readonly FieldIssue[] {
  return error.issues.map((issue) => ({ field: issue.path.map(String).join('.'), message: issue.message }));
}

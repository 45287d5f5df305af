import { z } from 'zod';
import { JobsError } from './errors.js';

/** Name of the queue and of its one kind of job; part of what running processes of different releases share. */
export const SCAN_QUEUE_NAME = 'scans';

/** Also the job's id in the queue, where a colon and a plain number mean something else. */
const identifier = z
  .string()
  .max(128)
  .regex(/^(?!\d+$)[A-Za-z0-9_-]+$/, 'letters, digits, "_" and "-", not digits alone');

const scanJobSchema = z.strictObject({ scanId: identifier, organizationId: identifier });

/** What a scan job carries: who, never what. Credentials and results stay in the database. */
export type ScanJob = z.infer<typeof scanJobSchema>;

/** Reads a payload, on adding and again on running it. Throws `JobsError` with code `invalid-payload`. */
export function parseScanJob(payload: unknown): ScanJob {
  const parsed = scanJobSchema.safeParse(payload);
  if (parsed.success) return parsed.data;
  throw new JobsError('invalid-payload', `not a scan job: ${z.prettifyError(parsed.error)}`);
}

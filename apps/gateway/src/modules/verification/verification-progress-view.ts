import type { PermissionCheck as PluginCheck } from '@esscm/registry-core';
import type { ConnectionDraftRecord, ConnectionRecord } from '@esscm/store';
import { z } from 'zod';
import type { PluginVariant } from '../plugins/plugin.type.js';
import type { VerificationProgress } from './verification-progress.type.js';
import { checksView, reportView, storedCheckSchema } from './verification-report-view.js';

/** A verification that runs, as it is stored. */
export interface StoredProgress {
  /** ISO 8601. */
  readonly startedAt: string;
  readonly checks: readonly PluginCheck[];
}

const storedProgressSchema = z.object({ startedAt: z.iso.datetime({ offset: true }), checks: z.array(storedCheckSchema) });

/** No verification takes longer: one that does was broken off with its process. */
const longestRunMs = 45_000;

type Verified = Pick<ConnectionDraftRecord | ConnectionRecord, 'id' | 'verification' | 'verificationProgress'>;

/** Whether a verification of the draft or connection runs now, in whatever process. */
export function isRunning(record: Verified, now: Date): boolean {
  const progress = storedProgressSchema.safeParse(record.verificationProgress).data;
  return progress !== undefined && now.getTime() - Date.parse(progress.startedAt) < longestRunMs;
}

/** How far the verification of a draft or connection is. */
export function progressView(record: Verified, variant: PluginVariant, now: Date): VerificationProgress {
  const progress = storedProgressSchema.safeParse(record.verificationProgress).data;
  const running = isRunning(record, now);
  const report = reportView(record.verification, variant);
  const view = { id: record.id, running, brokenOff: progress !== undefined && !running };
  if (progress === undefined) return { ...view, checks: report?.checks ?? [], report };
  return { ...view, startedAt: new Date(progress.startedAt), checks: checksView(progress.checks, variant) };
}

import { z } from 'zod';
import type { PluginVariant } from '../plugins/plugin.type.js';
import { CheckOutcome, DenialSource, type VerificationReport, VerificationStatus } from './verification-report.type.js';

const optionalText = z.string().optional();

/** Reports are stored as plugins gave them; one written by another version may lack fields or have more. */
const storedReportSchema = z.object({
  status: z.enum(VerificationStatus),
  principal: optionalText,
  account: optionalText,
  region: optionalText,
  checkedAt: z.iso.datetime({ offset: true }),
  checks: z.array(
    z.object({
      action: z.string(),
      required: z.boolean(),
      outcome: z.enum(CheckOutcome),
      deniedBy: z.enum(DenialSource).optional(),
      triedOn: optionalText,
      upstreamCode: optionalText,
      upstreamMessage: optionalText,
      requestId: optionalText,
      durationMs: z.number().transform(Math.round).optional(),
      remedy: optionalText,
    }),
  ),
  problems: z.array(
    z.object({
      heading: z.string(),
      message: z.string(),
      remedy: optionalText,
      remedySnippet: optionalText,
      actions: z.array(z.string()),
      upstreamCode: optionalText,
      upstreamMessage: optionalText,
      upstreamStatus: z.number().optional(),
      requestId: optionalText,
    }),
  ),
});

/** A report, fresh or stored, with what each permission is needed for. Undefined when there is none that can be read. */
export function reportView(report: unknown, variant: PluginVariant): VerificationReport | undefined {
  const parsed = storedReportSchema.safeParse(report);
  if (!parsed.success) return undefined;
  const purposes = new Map(variant.permissions.map((permission) => [permission.action, permission.purpose]));
  return {
    ...parsed.data,
    checkedAt: new Date(parsed.data.checkedAt),
    checks: parsed.data.checks.map((check) => ({ ...check, purpose: purposes.get(check.action) ?? check.action })),
  };
}

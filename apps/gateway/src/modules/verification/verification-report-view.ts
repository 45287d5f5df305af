import { z } from 'zod';
import type { PluginVariant } from '../plugins/plugin.type.js';
import { CheckOutcome, DenialSource, type VerificationReport, VerificationStatus } from './verification-report.type.js';

const optionalText = z.string().optional();

/** One row, as it is stored. */
export const storedCheckSchema = z.object({
  action: z.string(),
  required: z.boolean(),
  outcome: z.enum(CheckOutcome),
  deniedBy: z.enum(DenialSource).optional(),
  registry: optionalText,
  triedOn: optionalText,
  upstreamCode: optionalText,
  upstreamMessage: optionalText,
  requestId: optionalText,
  durationMs: z.number().transform(Math.round).optional(),
  remedy: optionalText,
});

/** Reports are stored as plugins gave them; one written by another version may lack fields or have more. */
const storedReportSchema = z.object({
  status: z.enum(VerificationStatus),
  principal: optionalText,
  account: optionalText,
  region: optionalText,
  checkedAt: z.iso.datetime({ offset: true }),
  checks: z.array(storedCheckSchema),
  problems: z.array(
    z.object({
      heading: z.string(),
      message: z.string(),
      remedy: optionalText,
      remedySnippet: optionalText,
      correction: z.object({ typed: z.string(), meant: z.string() }).optional(),
      actions: z.array(z.string()),
      upstreamCode: optionalText,
      upstreamMessage: optionalText,
      upstreamStatus: z.number().optional(),
      requestId: optionalText,
    }),
  ),
  missingPolicy: optionalText,
});

/** A report, fresh or stored, with what each permission is needed for. Undefined when there is none that can be read. */
export function reportView(report: unknown, variant: PluginVariant): VerificationReport | undefined {
  const parsed = storedReportSchema.safeParse(report);
  if (!parsed.success) return undefined;
  return { ...parsed.data, checkedAt: new Date(parsed.data.checkedAt), checks: checksView(parsed.data.checks, variant) };
}

/** Rows with what each permission is needed for. */
export function checksView(checks: readonly z.output<typeof storedCheckSchema>[], variant: PluginVariant): VerificationReport['checks'] {
  const purposes = new Map(variant.permissions.map((permission) => [permission.action, permission.purpose]));
  return checks.map((check) => ({ ...check, purpose: purposes.get(check.action) ?? check.action }));
}

import { z } from 'zod';

const accountSchema = z.object({ account: z.string() });

/** The accounts a stored or fresh report names; none when it names none. */
export function accountsOf(report: unknown): readonly string[] {
  return accountSchema.safeParse(report).data?.account.split(', ') ?? [];
}

import type { FieldValues } from './visible-fields.js';

/** What was mistyped in a field, or as one entry of a list with commas, and what was meant. */
interface Correction {
  readonly typed: string;
  readonly meant: string;
}

/** The fields that change when what was meant takes the place of what was typed; none when it stands nowhere. */
export function correctedValues(fields: readonly { readonly name: string; readonly type: string }[], values: FieldValues, { typed, meant }: Correction): FieldValues {
  return Object.fromEntries(
    fields.flatMap(({ name, type }) => {
      const entries = (values[name] ?? '').split(',').map((entry) => entry.trim());
      const isWrong = (entry: string): boolean => entry.toLowerCase() === typed.toLowerCase();
      return type === 'SECRET' || !entries.some(isWrong) ? [] : [[name, entries.map((entry) => (isWrong(entry) ? meant : entry)).join(', ')]];
    }),
  );
}

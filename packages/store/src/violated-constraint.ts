const uniqueViolation = '23505';
const foreignKeyViolation = '23503';

/** The driver's error in what a query builder threw, if the database refused a row. */
function databaseError(error: unknown): { readonly code: unknown; readonly constraint: unknown } | undefined {
  for (let current = error; current instanceof Error; current = current.cause) {
    if ('code' in current && 'constraint' in current) return current;
  }
  return undefined;
}

/** Whether the named unique index refused the row. */
export function violatesUnique(error: unknown, constraint: string): boolean {
  const found = databaseError(error);
  return found?.code === uniqueViolation && found.constraint === constraint;
}

/** Whether another row still refers to the one deleted, or the one referred to is gone. */
export function violatesReference(error: unknown): boolean {
  return databaseError(error)?.code === foreignKeyViolation;
}

interface Field {
  readonly name: string;
  readonly required: boolean;
  readonly shownWhen?: { readonly field: string; readonly startsWith: string } | null;
}

export type FieldValues = Readonly<Record<string, string>>;

/** The fields to show: all without a condition, and those whose condition another field's value meets. */
export function visibleFields<Some extends Field>(fields: readonly Some[], values: FieldValues): readonly Some[] {
  return fields.filter(({ shownWhen }) => shownWhen == null || (values[shownWhen.field] ?? '').trim().startsWith(shownWhen.startsWith));
}

/** Required fields that are shown and empty. */
export function missingFields<Some extends Field>(fields: readonly Some[], values: FieldValues): readonly Some[] {
  return visibleFields(fields, values).filter(({ name, required }) => required && (values[name] ?? '').trim() === '');
}

/** What is sent: values of shown fields that were filled. */
export function filledValues(fields: readonly Field[], values: FieldValues): readonly { readonly name: string; readonly value: string }[] {
  return visibleFields(fields, values).flatMap(({ name }) => {
    const value = values[name] ?? '';
    return value === '' ? [] : [{ name, value }];
  });
}

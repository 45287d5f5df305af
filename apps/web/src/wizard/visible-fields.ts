interface Field {
  readonly name: string;
  readonly required: boolean;
  readonly shownWhen?: { readonly field: string; readonly startsWith: string } | null;
}

export type FieldValues = Readonly<Record<string, string>>;

/** The fields to show: all without a condition, and those whose condition another field's value meets. */
export function visibleFields<Some extends Field>(fields: readonly Some[], values: FieldValues): readonly Some[] {
  const isShown = ({ shownWhen }: Field): boolean => {
    if (shownWhen == null) return true;
    // A field that is itself hidden shows nothing, whatever was typed into it before.
    const other = fields.find(({ name }) => name === shownWhen.field);
    return (other === undefined || isShown(other)) && (values[shownWhen.field] ?? '').trim().startsWith(shownWhen.startsWith);
  };
  return fields.filter(isShown);
}

/** What a form starts with: a choice that leaves no choice is made. */
export function defaultValues(fields: readonly (Field & { readonly allowOther: boolean; readonly choices?: readonly { readonly value: string }[] | null })[]): FieldValues {
  return Object.fromEntries(
    fields.flatMap(({ name, required, allowOther, choices }) => {
      const [only, ...more] = choices ?? [];
      return only === undefined || more.length > 0 || allowOther || !required ? [] : [[name, only.value]];
    }),
  );
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

import KitPropertyFilter, { type PropertyFilterProps } from '@cloudscape-design/components/property-filter';

/** One thing a list can be filtered by. */
export interface PropertyChoice {
  readonly name: string;
  readonly label: string;
  readonly values: readonly { readonly value: string; readonly label: string }[];
  /** A token of it holds several values, of which any may be. */
  readonly several?: boolean;
}

/** A condition; without a name it is free text. */
export interface FilterToken {
  readonly name: string | undefined;
  readonly values: readonly string[];
}

interface PropertyFilterFieldProps {
  readonly placeholder: string;
  readonly choices: readonly PropertyChoice[];
  readonly tokens: readonly FilterToken[];
  readonly onChange: (tokens: readonly FilterToken[]) => void;
  readonly countText: string;
}

/** A filter by properties; all conditions must hold. */
export function PropertyFilter({ placeholder, choices, tokens, onChange, countText }: PropertyFilterFieldProps) {
  const labelOf = (name: string | undefined, value: string): string => choices.find((choice) => choice.name === name)?.values.find((entry) => entry.value === value)?.label ?? value;
  return (
    <KitPropertyFilter
      filteringAriaLabel={placeholder}
      filteringPlaceholder={placeholder}
      countText={countText}
      hideOperations
      expandToViewport
      filteringProperties={choices.map(
        ({ name, label, several = false }): PropertyFilterProps.FilteringProperty => ({
          key: name,
          propertyLabel: label,
          groupValuesLabel: label,
          operators: [several ? { operator: '=', tokenType: 'enum', format: (values: readonly string[]) => values.map((value) => labelOf(name, value)).join(', ') } : { operator: '=', format: (value: string) => labelOf(name, value) }],
          defaultOperator: '=',
        }),
      )}
      filteringOptions={choices.flatMap(({ name, values }) => values.map(({ value, label }) => ({ propertyKey: name, value, label })))}
      query={{
        operation: 'and',
        tokens: tokens.map(({ name, values }) => {
          const several = choices.find((choice) => choice.name === name)?.several === true;
          return { ...(name !== undefined && { propertyKey: name }), operator: name === undefined ? ':' : '=', value: several ? [...values] : values.join(',') };
        }),
      }}
      onChange={({ detail }) => onChange(detail.tokens.map(({ propertyKey, value }) => ({ name: propertyKey, values: readValues(value) })))}
    />
  );
}

/** The kit leaves the type of values open. */
function readValues(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.filter((entry): entry is string => typeof entry === 'string');
  return typeof value === 'string' && value !== '' ? [value] : [];
}

import PropertyFilter, { type PropertyFilterProps } from '@cloudscape-design/components/property-filter';
import { labelOf, type PropertyFilterFieldProps } from './property-filter-field.js';

/** What `PropertyFilter` shows once it has come. */
export function KitPropertyFilter({ placeholder, choices, tokens, onChange, countText }: PropertyFilterFieldProps) {
  return (
    <PropertyFilter
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
          operators: [several ? { operator: '=', tokenType: 'enum', format: (values: readonly string[]) => values.map((value) => labelOf(choices, name, value)).join(', ') } : { operator: '=', format: (value: string) => labelOf(choices, name, value) }],
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

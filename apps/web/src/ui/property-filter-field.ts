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

export interface PropertyFilterFieldProps {
  readonly placeholder: string;
  readonly choices: readonly PropertyChoice[];
  readonly tokens: readonly FilterToken[];
  readonly onChange: (tokens: readonly FilterToken[]) => void;
  readonly countText: string;
}

/** What a value of a property is called; itself where nothing is known of it. */
export function labelOf(choices: readonly PropertyChoice[], name: string | undefined, value: string): string {
  return choices.find((choice) => choice.name === name)?.values.find((entry) => entry.value === value)?.label ?? value;
}

/** A condition as one line: "Severity = Critical, High". */
export function tokenText({ name, values }: FilterToken, choices: readonly PropertyChoice[]): string {
  const property = choices.find((choice) => choice.name === name);
  const text = values.map((value) => labelOf(choices, name, value)).join(', ');
  return property === undefined ? text : `${property.label} = ${text}`;
}

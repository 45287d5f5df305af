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

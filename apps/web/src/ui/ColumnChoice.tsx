import ButtonDropdown from '@cloudscape-design/components/button-dropdown';

interface ColumnChoiceProps<Id extends string> {
  readonly columns: readonly { readonly id: Id; readonly text: string }[];
  readonly shown: readonly Id[];
  readonly onChange: (shown: readonly Id[]) => void;
}

/** Which of the columns that may be left out are shown. */
export function ColumnChoice<Id extends string>({ columns, shown, onChange }: ColumnChoiceProps<Id>) {
  return (
    <ButtonDropdown
      expandToViewport
      items={columns.map(({ id, text }) => ({ itemType: 'checkbox', id, text, checked: shown.includes(id) }))}
      onItemClick={({ detail }) => {
        const others = shown.filter((id) => id !== detail.id);
        const chosen = columns.find(({ id }) => id === detail.id);
        onChange(chosen !== undefined && detail.checked === true ? [...others, chosen.id] : others);
      }}
    >
      Columns
    </ButtonDropdown>
  );
}

import SegmentedControl from '@cloudscape-design/components/segmented-control';

interface SegmentsProps<Id extends string> {
  readonly label: string;
  readonly selected: Id;
  readonly options: readonly { readonly id: Id; readonly text: string }[];
  readonly onChange: (id: Id) => void;
}

/** A choice between a few views of the same thing. Becomes a list when there is no room. */
export function Segments<Id extends string>({ label, selected, options, onChange }: SegmentsProps<Id>) {
  return (
    <SegmentedControl
      label={label}
      selectedId={selected}
      options={options}
      onChange={({ detail }) => {
        const chosen = options.find(({ id }) => id === detail.selectedId);
        if (chosen !== undefined) onChange(chosen.id);
      }}
    />
  );
}

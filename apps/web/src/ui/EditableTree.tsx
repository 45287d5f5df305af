import Input from '@cloudscape-design/components/input';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';

interface EditableColumn<Row> {
  readonly id: string;
  readonly header: string;
  /** Empty when the rows below differ. */
  readonly value: (row: Row) => string;
  /** Shown for an empty value. */
  readonly mixed: (row: Row) => string;
  readonly onEdit: (row: Row, text: string) => void;
}

interface EditableTreeProps<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly rowId: (row: Row) => string;
  readonly childrenOf: (row: Row) => readonly Row[];
  readonly expanded: ReadonlySet<string>;
  readonly onToggle: (row: Row, expanded: boolean) => void;
  readonly header: ReactNode;
  readonly firstColumn: { readonly header: string; readonly cell: (row: Row) => ReactNode };
  readonly columns: readonly EditableColumn<Row>[];
}

/** Rows that unfold, with texts changed in place. */
export function EditableTree<Row>({ label, rows, rowId, childrenOf, expanded, onToggle, header, firstColumn, columns }: EditableTreeProps<Row>) {
  const open = flatten(rows, childrenOf).filter((row) => expanded.has(rowId(row)));
  return (
    <Table<Row>
      contentDensity="compact"
      variant="container"
      items={rows}
      trackBy={rowId}
      header={header}
      ariaLabels={{ tableLabel: label, activateEditLabel: (column) => `Edit ${columns.find(({ id }) => id === column.id)?.header ?? ''}`, cancelEditLabel: () => 'Cancel', submitEditLabel: () => 'Save', expandButtonLabel: () => 'Unfold', collapseButtonLabel: () => 'Fold' }}
      expandableRows={{
        getItemChildren: childrenOf,
        isItemExpandable: (row) => childrenOf(row).length > 0,
        expandedItems: open,
        onExpandableItemToggle: ({ detail }) => onToggle(detail.item, detail.expanded),
      }}
      submitEdit={(row, column, value) => {
        columns.find(({ id }) => id === column.id)?.onEdit(row, typeof value === 'string' ? value : '');
      }}
      columnDefinitions={[{ id: 'name', header: firstColumn.header, cell: firstColumn.cell, isRowHeader: true, width: '50%', minWidth: 160 }, ...columns.map((column) => kitColumn(column))]}
    />
  );
}

function kitColumn<Row>(column: EditableColumn<Row>): TableProps.ColumnDefinition<Row> {
  return {
    id: column.id,
    header: column.header,
    minWidth: 140,
    cell: (row) => column.value(row) || <span className="esscm-secondary">{column.mixed(row)}</span>,
    editConfig: {
      ariaLabel: column.header,
      editIconAriaLabel: 'Can be edited',
      editingCell: (row, { currentValue, setValue }) => (
        <Input autoFocus autoComplete={false} value={typeof currentValue === 'string' ? currentValue : column.value(row)} onChange={({ detail }) => setValue(detail.value)} />
      ),
    },
  };
}

function flatten<Row>(rows: readonly Row[], childrenOf: (row: Row) => readonly Row[]): readonly Row[] {
  return rows.flatMap((row) => [row, ...flatten(childrenOf(row), childrenOf)]);
}

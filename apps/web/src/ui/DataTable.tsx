import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useRef, type ReactNode, type RefObject } from 'react';
import { formatCount } from '../formats/format-count.js';
import styles from './DataTable.module.css';
import { usePhone } from './media.js';
import { Pager, type PagerProps } from './Pager.js';
import { onRowClick } from './row-click.js';
import { onRowKey } from './row-keys.js';
import { useRowSlots } from './row-slots.js';
import { tellWhatIsCut } from './tell-what-is-cut.js';
import { onTreeKey } from './tree-keys.js';

export interface DataColumn<Row> {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  readonly width?: number | string;
  readonly minWidth?: number;
  /** Gives way down to `minWidth` where the table has not room enough: what does not fit is cut with an ellipsis, and whole under the pointer. Not with a width in pixels. */
  readonly clips?: boolean;
  /** On a phone the columns become one where there are more than three, or three need more room than it has: the line this value stands in, the first when it names the row; 0 leaves it out. */
  readonly phoneLine?: 0 | 1 | 2 | 3;
  /** The rows can be ordered by it, which the page does: see `sort`. `descending`: that way first. */
  readonly sortable?: 'ascending' | 'descending';
}

/** How rows stand below one another. */
interface TableTree<Row> {
  /** Of an unfolded row, those that are known. */
  readonly childrenOf: (row: Row) => readonly Row[];
  readonly unfolds: (row: Row) => boolean;
  readonly unfolded: readonly Row[];
  readonly onToggle: (row: Row, unfold: boolean) => void;
  readonly nameOf: (row: Row) => string;
}

/** What rows are ordered by: a sortable column, and which way. */
export interface TableSort {
  readonly column: string;
  readonly descending: boolean;
}

interface DataTableProps<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: readonly DataColumn<Row>[];
  readonly rowId: (row: Row) => string;
  readonly header?: ReactNode;
  readonly filter?: ReactNode;
  readonly pager?: PagerProps | undefined;
  readonly footer?: ReactNode;
  readonly empty: ReactNode;
  readonly loading?: boolean;
  /** `page` fills the page, `box` has a frame of its own, `inside` stands in a container. */
  readonly frame?: 'page' | 'box' | 'inside';
  readonly wrapLines?: boolean;
  readonly selection?: {
    readonly selected: readonly Row[];
    readonly onChange: (rows: readonly Row[]) => void;
    readonly disabled?: (row: Row) => boolean;
    readonly type?: 'multi' | 'single';
    readonly rowLabel: (row: Row) => string;
  };
  /** Rows that unfold: `rows` are those on top. */
  readonly tree?: TableTree<Row>;
  /** Of a table with sortable columns; without `onChange` it only says what rows are ordered by. */
  readonly sort?: TableSort & { readonly onChange?: (sort: TableSort) => void };
}

const variants = { page: 'full-page', box: 'container', inside: 'borderless' } as const;

/** A table of one page of rows: compact, moved through with the arrow keys, one stacked column on a phone. At most 100 rows. */
export function DataTable<Row>({ label, rows, columns, rowId, header, filter, pager, footer, empty, loading = false, frame = 'box', wrapLines = false, selection, tree, sort }: DataTableProps<Row>) {
  const phone = usePhone();
  const stacked = phone && (columns.length > 3 || roomOf(columns) > phoneRoom);
  const table = useRef<HTMLDivElement>(null);
  const slots = useRowSlots(visibleRows(rows, tree, rowId).map(rowId));
  return (
    <div ref={table} onKeyDown={onRowKey} onClick={onRowClick} onPointerOver={tellWhatIsCut} {...(tree !== undefined && { onKeyDownCapture: onTreeKey })}>
      <Table<Row>
        // The kit leaves the place of a sticky header behind when the window becomes narrow.
        key={phone ? 'phone' : 'wide'}
        variant={variants[frame]}
        contentDensity="compact"
        enableKeyboardNavigation
        stickyHeader={frame !== 'inside' && !phone}
        wrapLines={wrapLines}
        items={rows}
        trackBy={(row) => String(slots.get(rowId(row)))}
        columnDefinitions={stacked ? [stackedColumn(columns)] : columns.map(kitColumn)}
        header={header}
        filter={filter}
        pagination={pager === undefined || (pager.page === 1 && !pager.hasNext) ? undefined : <Pager {...startingAtTheTop(pager, table)} />}
        footer={footer}
        empty={empty}
        loading={loading}
        loadingText="Loading"
        resizableColumns={false}
        ariaLabels={{
          tableLabel: label,
          ...(tree === undefined ? {} : { expandButtonLabel: (row: Row) => `Unfold ${tree.nameOf(row)}`, collapseButtonLabel: (row: Row) => `Fold ${tree.nameOf(row)}` }),
          ...(selection === undefined
            ? {}
            : {
                selectionGroupLabel: label,
                allItemsSelectionLabel: () => 'Select every row of this page',
                itemSelectionLabel: (_, row) => selection.rowLabel(row),
              }),
        }}
        renderAriaLive={({ firstIndex, lastIndex }) => `Rows ${formatCount(firstIndex)} to ${formatCount(lastIndex)} shown`}
        {...(selection === undefined ? {} : kitSelection(selection, rows, rowId))}
        {...(tree === undefined ? {} : kitTree(tree))}
        {...(sort === undefined ? {} : kitSort(sort, columns))}
      />
    </div>
  );
}

/** The rows in their order on the screen: below each that is unfolded, its own. */
function visibleRows<Row>(rows: readonly Row[], tree: TableTree<Row> | undefined, rowId: (row: Row) => string): readonly Row[] {
  if (tree === undefined) return rows;
  const unfolded = new Set(tree.unfolded.map(rowId));
  const withChildren = (row: Row): readonly Row[] => [row, ...(unfolded.has(rowId(row)) ? tree.childrenOf(row).flatMap(withChildren) : [])];
  return rows.flatMap(withChildren);
}

/** What a phone has for a table beside its margins, in pixels. */
const phoneRoom = 340;

/** The least that columns say they need. */
function roomOf<Row>(columns: readonly DataColumn<Row>[]): number {
  return columns.reduce((sum, { width, minWidth }) => sum + (minWidth ?? (typeof width === 'number' ? width : 0)), 0);
}

/** Rows of another page are read from the first one on, wherever the rows of before were left. */
function startingAtTheTop(pager: PagerProps, table: RefObject<HTMLElement | null>): PagerProps {
  const turned = (turn: () => void) => (): void => {
    turn();
    if ((table.current?.getBoundingClientRect().top ?? 0) < 0) table.current?.scrollIntoView();
  };
  return { ...pager, onPrevious: turned(pager.onPrevious), onNext: turned(pager.onNext) };
}

function kitSelection<Row>(selection: NonNullable<DataTableProps<Row>['selection']>, rows: readonly Row[], rowId: (row: Row) => string): Partial<TableProps<Row>> {
  // The kit knows rows by their slot, which a chosen row of an older answer may have lost.
  const chosen = new Set(selection.selected.map(rowId));
  return {
    selectionType: selection.type ?? 'multi',
    selectedItems: rows.filter((row) => chosen.has(rowId(row))),
    onSelectionChange: ({ detail }) => selection.onChange(detail.selectedItems),
    ...(selection.disabled === undefined ? {} : { isItemDisabled: selection.disabled }),
  };
}

function kitTree<Row>({ childrenOf, unfolds, unfolded, onToggle }: TableTree<Row>): Partial<TableProps<Row>> {
  return {
    expandableRows: {
      getItemChildren: childrenOf,
      isItemExpandable: unfolds,
      expandedItems: unfolded,
      onExpandableItemToggle: ({ detail }) => onToggle(detail.item, detail.expanded),
    },
  };
}

function kitSort<Row>({ column, descending, onChange }: NonNullable<DataTableProps<Row>['sort']>, columns: readonly DataColumn<Row>[]): Partial<TableProps<Row>> {
  return {
    sortingColumn: { sortingField: column },
    sortingDescending: descending,
    sortingDisabled: onChange === undefined,
    onSortingChange: ({ detail }) => {
      const chosen = detail.sortingColumn.sortingField ?? '';
      const firstWay = columns.find(({ id }) => id === chosen)?.sortable === 'descending';
      onChange?.({ column: chosen, descending: chosen === column ? !descending : firstWay });
    },
  };
}

function kitColumn<Row>(column: DataColumn<Row>, index: number): TableProps.ColumnDefinition<Row> {
  return {
    id: column.id,
    header: column.header,
    cell: column.cell,
    isRowHeader: index === 0,
    ...(column.sortable === undefined ? {} : { sortingField: column.id, ariaLabel: ({ sorted, descending }: { readonly sorted: boolean; readonly descending: boolean }) => `${column.header}${sorted ? (descending ? ', descending' : ', ascending') : ', not sorted'}` }),
    ...(column.width === undefined ? {} : { width: column.width }),
    ...(column.minWidth === undefined ? {} : { minWidth: column.minWidth }),
    // With this a cell asks for no room of its own, and gets its share of what there is.
    ...(column.clips === true && { maxWidth: 0 }),
  };
}

function stackedColumn<Row>(columns: readonly DataColumn<Row>[]): TableProps.ColumnDefinition<Row> {
  const line = (row: Row, number: 1 | 2 | 3): ReactNode => {
    const cells = columns.filter(({ phoneLine }) => (phoneLine ?? 3) === number);
    return cells.length === 0 ? null : (
      <div className={number === 1 ? `${styles['line'] ?? ''} ${styles['lead'] ?? ''}` : styles['line']}>
        {cells.map((column) => (
          <span key={column.id} className={column.clips === true && number === 3 ? styles['cut'] : undefined}>{column.cell(row)}</span>
        ))}
      </div>
    );
  };
  return {
    id: 'stacked',
    header: columns.find(({ phoneLine }) => phoneLine === 1)?.header ?? '',
    isRowHeader: true,
    cell: (row) => (
      <div className={styles['stack']}>
        {line(row, 1)}
        {line(row, 2)}
        {line(row, 3)}
      </div>
    ),
  };
}

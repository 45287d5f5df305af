import type { ReactNode } from 'react';
import { Panel } from '../ui/Panel.js';
import { TextButton } from '../ui/TextButton.js';
import styles from './charts.module.css';
import { useShownAsTable } from './use-shown-as-table.js';

interface ChartPanelProps {
  /** Names it in the address; one of a kind on its page. */
  readonly name: string;
  readonly title: string;
  readonly description: ReactNode;
  /** The same numbers as a table: its name, the headings, and rows whose first cell names them. */
  readonly table: { readonly label: string; readonly head: readonly string[]; readonly rows: readonly (readonly [name: string, ...cells: ReactNode[]])[] };
  /** The chart; undefined where there is nothing to draw. */
  readonly children: ReactNode;
}

/** A chart with its table twin: one or the other, as the address says. */
export function ChartPanel({ name, title, description, table, children }: ChartPanelProps) {
  const [asTable, setAsTable] = useShownAsTable(name);
  return (
    <Panel
      title={title}
      description={description}
      aside={
        <TextButton onClick={() => setAsTable(!asTable)} ariaLabel={`${title}: ${asTable ? 'show as chart' : 'show as table'}`}>
          {asTable ? 'Show as chart' : 'Show as table'}
        </TextButton>
      }
    >
      {asTable ? (
        <div className={styles['scroll']} tabIndex={0} role="region" aria-label={table.label}>
          <table className={styles['table']}>
            <thead>
              <tr>
                {table.head.map((text) => (
                  <th key={text} scope="col">
                    {text}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {table.rows.map(([first, ...cells]) => (
                <tr key={first}>
                  <th scope="row">{first}</th>
                  {cells.map((cell, index) => (
                    <td key={table.head[index + 1]}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        children
      )}
    </Panel>
  );
}

import Tabs from '@cloudscape-design/components/tabs';
import type { ReactNode } from 'react';
import styles from './TabRow.module.css';

interface TabRowProps<Id extends string> {
  readonly label: string;
  readonly selected: Id;
  readonly onSelect: (id: Id) => void;
  readonly tabs: readonly { readonly id: Id; readonly label: ReactNode; readonly count?: string | undefined }[];
  /** Of the selected tab. */
  readonly children: ReactNode;
  /** `box`: the content is padded, for a tab row that fills a container. */
  readonly frame?: 'box' | 'page';
}

/** A row of tabs over the content of the selected one. */
export function TabRow<Id extends string>({ label, selected, onSelect, tabs, children, frame = 'box' }: TabRowProps<Id>) {
  return (
    <Tabs
      ariaLabel={label}
      activeTabId={selected}
      disableContentPaddings
      onChange={({ detail }) => {
        const chosen = tabs.find(({ id }) => id === detail.activeTabId);
        if (chosen !== undefined) onSelect(chosen.id);
      }}
      i18nStrings={{ scrollLeftAriaLabel: 'Scroll left', scrollRightAriaLabel: 'Scroll right' }}
      tabs={tabs.map((tab) => ({
        id: tab.id,
        label: tab.count === undefined ? tab.label : <span>{tab.label} <span className={styles['count']}>{tab.count}</span></span>,
        content: tab.id === selected ? <div className={frame === 'box' ? styles['box'] : styles['page']}>{children}</div> : null,
      }))}
    />
  );
}

import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components';
import styles from './tabs.module.css';

export interface TabSpec<Id extends string> {
  id: Id;
  title: string;
  /** How many there are in it. */
  meta?: number;
  panel: () => ReactNode;
}

interface Props<Id extends string> {
  label: string;
  selected: Id;
  tabs: readonly TabSpec<Id>[];
  onSelect: (id: Id) => void;
  /** Controls of the open tab, at the end of the row of tabs. */
  controls?: ReactNode;
}

const textOf = ({ title, meta }: TabSpec<string>): string =>
  meta === undefined ? title : `${title} ${meta}`;

/** Tabs over a full-height panel. Only the open panel is drawn. */
export function Tabs<Id extends string>({ label, selected, tabs, onSelect, controls }: Props<Id>) {
  return (
    <AriaTabs
      className={styles.tabs ?? ''}
      selectedKey={selected}
      onSelectionChange={(key) => onSelect(key as Id)}
    >
      <div className={styles.bar}>
        <TabList aria-label={label} className={styles.list ?? ''}>
          {tabs.map((tab) => (
            <Tab key={tab.id} id={tab.id} className={styles.tab ?? ''}>
              <span className={styles.label} data-text={textOf(tab)}>
                {tab.title}
                {tab.meta !== undefined && <span className={styles.meta}> {tab.meta}</span>}
              </span>
            </Tab>
          ))}
        </TabList>
        {controls && <div className={styles.controls}>{controls}</div>}
      </div>
      {tabs.map((tab) => (
        <TabPanel key={tab.id} id={tab.id} className={styles.panel ?? ''}>
          {tab.panel()}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}

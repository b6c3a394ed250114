import { Columns3 } from 'lucide-react';
import { useState } from 'react';
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { formatCount } from '../../lib/format.ts';
import { resetLayout, setDense, useRunTables } from '../../stores/run-layouts.ts';
import { Button } from '../../ui/button.tsx';
import buttons from '../../ui/button.module.css';
import menu from '../../ui/menu.module.css';
import { SearchField } from '../../ui/search-field.tsx';
import { columnTitle, OWN_COLUMN_IDS } from './run-columns.tsx';
import type { RunLayoutNow } from './use-run-layout.ts';
import styles from './columns-button.module.css';

/** Columns that are listed at once; the search finds the others. */
const LISTED = 80;

interface Group {
  title: string;
  ids: readonly string[];
}

function groupsOf({ known }: RunLayoutNow): Group[] {
  const ids = (take: (column: (typeof known)[number]) => boolean): string[] =>
    known.filter(take).map(({ id }) => id);
  return [
    { title: 'Run', ids: OWN_COLUMN_IDS.slice(1) },
    { title: 'Config that differs', ids: ids(({ of, differs }) => of === 'config' && differs) },
    { title: 'Results', ids: ids(({ of }) => of === 'summary') },
    {
      title: 'Config that is the same',
      ids: ids(({ of, differs }) => of === 'config' && !differs),
    },
  ];
}

/** The groups with the columns that are called so, of all the first {@link LISTED}. */
function found(groups: readonly Group[], text: string): { groups: Group[]; more: number } {
  let room = LISTED;
  let more = 0;
  const wanted = text.trim().toLowerCase();
  const shown = groups.map(({ title, ids }) => {
    const hits = ids.filter((id) => columnTitle(id).toLowerCase().includes(wanted));
    const taken = hits.slice(0, room);
    room -= taken.length;
    more += hits.length - taken.length;
    return { title, ids: taken };
  });
  return { groups: shown.filter(({ ids }) => ids.length > 0), more };
}

function Choices({ table, layout }: { table: string; layout: RunLayoutNow }) {
  const [text, setText] = useState('');
  const { groups, more } = found(groupsOf(layout), text);
  const { shown, change } = layout;
  const toggle = (id: string): void =>
    change({ shown: shown.includes(id) ? shown.filter((have) => have !== id) : [...shown, id] });
  return (
    <>
      <div className={styles.search}>
        <SearchField label="Find a column" value={text} onChange={setText} />
      </div>
      <div className={styles.list}>
        {groups.map(({ title, ids }) => (
          <fieldset key={title} className={styles.group}>
            <legend className={styles.title}>{title}</legend>
            {ids.map((id) => (
              <label key={id} className={styles.choice}>
                <input type="checkbox" checked={shown.includes(id)} onChange={() => toggle(id)} />
                <span className="ellipsis" title={columnTitle(id)}>
                  {columnTitle(id)}
                </span>
              </label>
            ))}
          </fieldset>
        ))}
        {groups.length === 0 && <p className={styles.none}>No column is called so.</p>}
        {more > 0 && <p className={styles.none}>{formatCount(more)} more: search for them</p>}
      </div>
      <Footer table={table} />
    </>
  );
}

function Footer({ table }: { table: string }) {
  const dense = useRunTables((all) => all.dense);
  return (
    <footer className={styles.footer}>
      <label className={styles.choice}>
        <input type="checkbox" checked={dense} onChange={() => setDense(!dense)} />
        Dense rows
      </label>
      <Button look="quiet" onClick={() => resetLayout(table)}>
        Reset layout
      </Button>
    </footer>
  );
}

/** Which columns a table of runs has, found by name among hundreds, and how high its rows are. */
export function ColumnsButton({ table, layout }: { table: string; layout: RunLayoutNow }) {
  return (
    <DialogTrigger>
      <AriaButton
        aria-label="Columns"
        className={`${buttons.button} ${buttons.quiet} ${buttons.iconOnly}`}
      >
        <Columns3 aria-hidden="true" />
      </AriaButton>
      <Popover className={menu.popover ?? ''} offset={4} placement="bottom end">
        <Dialog aria-label="Columns" className={styles.dialog ?? ''}>
          <Choices table={table} layout={layout} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

import { useEffect, useState, type ReactNode } from 'react';
import type { RunCondition } from '../../../shared/domain/run-list.ts';
import { scrolled } from '../../stores/run-lists.ts';
import { useRunTables } from '../../stores/run-layouts.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import page from '../frame/page.module.css';
import { ConditionEditor } from './condition-editor.tsx';
import { FilterChips, hasChips } from './filter-chips.tsx';
import { RunGrid } from './run-grid.tsx';
import { RunInspector } from './run-inspector.tsx';
import styles from './runs.module.css';
import { SelectionBar } from './selection-bar.tsx';
import { TagsDialog } from './tags-dialog.tsx';
import type { RunListNow } from './use-run-list.ts';

interface Editing {
  /** What it stands beside. */
  anchor: HTMLElement;
  start: Partial<RunCondition>;
  /** Its place among the conditions; null for a new one. */
  at: number | null;
}

interface Props {
  label: string;
  list: RunListNow;
  /** What stands here when there is no run at all. */
  empty: ReactNode;
  /** The filter and what is beside it, given what opens the editor of a condition. */
  bar?: (addCondition: (button: HTMLElement) => void) => ReactNode;
}

const SEARCH = 'input[type="search"]';

/** A list of runs with its filter, its selection and the inspector. */
export function RunList({ label, list, empty, bar }: Props) {
  const { filter, layout, shown, source, error, window, change } = list;
  const inspector = useRunTables((all) => all.inspector);
  const [editing, setEditing] = useState<Editing | null>(null);
  const conditions = filter.conditions ?? [];
  const clear = (): void =>
    change({
      text: undefined,
      states: undefined,
      starred: undefined,
      tags: undefined,
      conditions: undefined,
    });
  const apply = (condition: RunCondition): void => {
    const at = editing?.at ?? conditions.length;
    change({ conditions: conditions.toSpliced(at, 1, condition) });
    setEditing(null);
  };
  const typeToFilter = (text: string): void => {
    change({ text: (filter.text ?? '') + text });
    document.querySelector<HTMLInputElement>(SEARCH)?.focus();
  };
  const isEmpty = shown?.total === 0;
  useEffect(() => {
    // What comes after nothing is read from its start.
    if (isEmpty) scrolled.delete(list.table);
  }, [isEmpty, list.table]);
  const ready = shown !== null && layout.ready;
  return (
    <>
      {bar?.((anchor) => setEditing({ anchor, start: {}, at: null }))}
      {hasChips(filter, layout.layout.groupBy) && (
        <FilterChips
          filter={filter}
          groupBy={layout.layout.groupBy}
          onChange={change}
          onEdit={(start, at, anchor) => setEditing({ anchor, start, at })}
          onUngroup={() => layout.change({ groupBy: null })}
          onClear={clear}
        />
      )}
      {error && (
        <div className={page.note}>
          <ErrorNote error={error} action={<Button onClick={window.refresh}>Try again</Button>} />
        </div>
      )}
      {editing && (
        <ConditionEditor
          anchor={editing.anchor}
          known={layout.known}
          start={editing.start}
          onDone={apply}
          onClose={() => setEditing(null)}
        />
      )}
      <div className={styles.place}>
        <div className={styles.list}>
          {!ready && !error && <SkeletonRows label="Reading runs" />}
          {ready && source && shown.total > 0 && (
            <RunGrid
              label={label}
              list={list}
              source={source}
              onFilterBy={(column, anchor) => setEditing({ anchor, start: { column }, at: null })}
              onType={typeToFilter}
            />
          )}
          {ready && shown.all === 0 && empty}
          {ready && shown.all > 0 && shown.total === 0 && (
            <Empty title="No run matches" action={<Button onClick={clear}>Show all</Button>} />
          )}
          <SelectionBar inspector={inspector} />
        </div>
        {inspector && <RunInspector />}
      </div>
      <TagsDialog />
    </>
  );
}

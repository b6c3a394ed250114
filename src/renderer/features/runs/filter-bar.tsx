import { ListFilter, PanelRight, Star } from 'lucide-react';
import type { RunState } from '../../../shared/domain/run.ts';
import { ACTIVE_STATES } from '../../../shared/domain/run.ts';
import { COMMANDS } from '../../commands/registry.ts';
import { formatCount, plural } from '../../lib/format.ts';
import { useRunTables } from '../../stores/run-layouts.ts';
import { CommandButton, IconButton } from '../../ui/button.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { ColumnsButton } from './columns-button.tsx';
import styles from './filters.module.css';
import type { RunListNow } from './use-run-list.ts';

type StateChoice = 'all' | 'active' | 'finished' | 'failed';

const CHOICES: readonly { id: StateChoice; title: string }[] = [
  { id: 'all', title: 'All' },
  { id: 'active', title: 'Active' },
  { id: 'finished', title: 'Finished' },
  { id: 'failed', title: 'Failed' },
];

/** Stopped runs are under "All" alone: they neither finished nor failed. */
const STATES: Readonly<Record<StateChoice, readonly RunState[] | undefined>> = {
  all: undefined,
  active: ACTIVE_STATES,
  finished: ['finished'],
  failed: ['failed', 'crashed'],
};

/** "312 of 100,000", or how many there are. */
export function RunCount({ list: { shown } }: { list: RunListNow }) {
  if (!shown || shown.all === 0) return null;
  const text =
    shown.total === shown.all
      ? plural(shown.all, 'run')
      : `${formatCount(shown.total)} of ${formatCount(shown.all)}`;
  return <span role="status">{text}</span>;
}

/** The text that runs are filtered by. */
export function RunSearch({ list }: { list: RunListNow }) {
  return (
    <div className={styles.search}>
      <SearchField
        label="Filter runs"
        value={list.filter.text ?? ''}
        onChange={(text) => list.change({ text })}
        onLeave={() => document.querySelector<HTMLElement>('[role="row"][tabindex="0"]')?.focus()}
      />
    </div>
  );
}

interface ControlsProps {
  list: RunListNow;
  onAddCondition: (button: HTMLElement) => void;
}

/** The states of runs, further conditions, the columns and the inspector. */
export function RunControls({ list, onAddCondition }: ControlsProps) {
  const { filter, table, layout, change } = list;
  const inspector = useRunTables((all) => all.inspector);
  const chosen = JSON.stringify(filter.states);
  const state = CHOICES.find(({ id }) => JSON.stringify(STATES[id]) === chosen)?.id ?? null;
  return (
    <>
      <Segmented
        label="State"
        value={state}
        options={CHOICES}
        onChange={(id) => change({ states: STATES[id] && [...STATES[id]] })}
      />
      <IconButton
        label="Starred runs alone"
        icon={<Star />}
        aria-pressed={filter.starred === true}
        onClick={() => change({ starred: filter.starred === true ? undefined : true })}
      />
      <IconButton
        label="Add a condition"
        icon={<ListFilter />}
        onClick={(event) => onAddCondition(event.currentTarget)}
      />
      <ColumnsButton table={table} layout={layout} />
      <CommandButton
        command={COMMANDS.toggleInspector}
        look="quiet"
        icon={<PanelRight />}
        aria-pressed={inspector}
      />
    </>
  );
}

import { ChevronDown } from 'lucide-react';
import { useRef, useState } from 'react';
import { Menu, MenuItem, Popover } from 'react-aria-components';
import type { Run } from '../../../shared/domain/run.ts';
import { navigate, replaceRoute } from '../../stores/ui.ts';
import { RunMark } from '../../ui/state-mark.tsx';
import menu from '../../ui/menu.module.css';
import { RunSwatch } from '../metrics/run-swatch.tsx';
import styles from './compare-table.module.css';

const show = (runIds: readonly string[]): void => replaceRoute({ page: 'compare', runIds });

const ACTIONS = {
  open: 'Open the run',
  base: 'Compare the others with this one',
  remove: 'Take out of the comparison',
} as const;

type Action = keyof typeof ACTIONS;

interface Props {
  run: Run;
  at: number;
  ids: readonly string[];
}

function act(action: Action, { run: { id }, ids }: Pick<Props, 'run' | 'ids'>): void {
  const others = ids.filter((other) => other !== id);
  if (action === 'open') navigate({ page: 'run', runId: id, tab: 'overview' });
  else show(action === 'base' ? [id, ...others] : others);
}

function RunWords({ run, at }: Pick<Props, 'run' | 'at'>) {
  return (
    <>
      <span className={styles.headName}>
        <RunSwatch at={at} />
        <span className="ellipsis">{run.name}</span>
        <ChevronDown size={12} aria-hidden="true" />
      </span>
      <span className={styles.headMeta}>
        <RunMark run={run} size={12} />
        {at === 0 && <span className={styles.base}>Base</span>}
        <span className="ellipsis">
          {run.jobName} v{run.versionNumber}
        </span>
      </span>
    </>
  );
}

function RunMenu({ run, at, ids, onClose }: Props & { onClose: () => void }) {
  const actions = (Object.keys(ACTIONS) as Action[]).filter(
    (action) => action !== 'base' || at > 0,
  );
  return (
    <Menu
      aria-label={run.name}
      autoFocus="first"
      className={menu.menu ?? ''}
      onClose={onClose}
      onAction={(action) => act(action as Action, { run, ids })}
    >
      {actions.map((action) => (
        <MenuItem key={action} id={action} className={menu.item ?? ''}>
          {ACTIONS[action]}
        </MenuItem>
      ))}
    </Menu>
  );
}

/** One of the runs; its menu makes it the base, takes it out or opens it. */
function RunHead(props: Props) {
  const { run, at } = props;
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLDivElement>(null);
  return (
    <div ref={anchor} role="columnheader" aria-colindex={at + 2} className={styles.head}>
      <button
        type="button"
        aria-haspopup="menu"
        aria-expanded={open}
        title={`${run.name}\n${run.jobName} v${run.versionNumber}`}
        className={styles.headButton}
        onClick={() => setOpen(true)}
      >
        <RunWords run={run} at={at} />
      </button>
      <Popover
        triggerRef={anchor}
        isOpen={open}
        onOpenChange={setOpen}
        placement="bottom start"
        offset={2}
        className={menu.popover ?? ''}
      >
        <RunMenu {...props} onClose={() => setOpen(false)} />
      </Popover>
    </div>
  );
}

/** The runs over their columns; the first is what the others are held against. */
export function CompareHead({ runs }: { runs: readonly Run[] }) {
  const ids = runs.map(({ id }) => id);
  return (
    <div role="row" aria-rowindex={1} className={styles.heads}>
      <div role="columnheader" className={styles.corner}>
        <span className="sr-only">Name</span>
      </div>
      {runs.map((run, at) => (
        <RunHead key={run.id} run={run} at={at} ids={ids} />
      ))}
    </div>
  );
}

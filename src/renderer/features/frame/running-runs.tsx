import { useEffect, useMemo, type ReactNode } from 'react';
import type { Run } from '../../../shared/domain/run.ts';
import type { Sweep } from '../../../shared/domain/sweep.ts';
import { ENGINE_AWAY, isOutOfSight } from '../../../shared/run-state-text.ts';
import { loadSweeps } from '../../bridge/sync.ts';
import { cx } from '../../lib/cx.ts';
import { formatCount, plural } from '../../lib/format.ts';
import { useEntities } from '../../stores/entities.ts';
import type { Route } from '../../stores/route.ts';
import { activeRuns } from '../../stores/selectors.ts';
import { navigate, useUi } from '../../stores/ui.ts';
import { useWaitReason } from '../../stores/wait-reasons.ts';
import { MiddleCut } from '../../ui/middle-cut.tsx';
import { RunMark } from '../../ui/state-mark.tsx';
import { RunDuration } from '../../ui/time.tsx';
import { ProgressRing } from './progress-ring.tsx';
import { sweepProgress, underWay } from './under-way.ts';
import styles from './sidebar.module.css';

interface ItemProps {
  route: Route;
  current: boolean;
  title: string;
  name: string;
  mark: ReactNode;
  /** Why it does not go on, on a line of its own. */
  note?: string | undefined;
  children?: ReactNode;
}

function Item({ route, current, title, name, mark, note, children }: ItemProps) {
  return (
    <li>
      <button
        type="button"
        className={cx(styles.item, current && styles.current, note !== undefined && styles.tall)}
        aria-current={current ? 'page' : undefined}
        title={title}
        onClick={() => navigate(route)}
      >
        {mark}
        <span className={styles.itemText}>
          <MiddleCut text={name} />
          {note !== undefined && <span className={styles.note}>{note}</span>}
        </span>
        <span className={styles.itemMeta}>{children}</span>
      </button>
    </li>
  );
}

function RunItem({ run }: { run: Run }) {
  const current = useUi(({ history: { at } }) => at.page === 'run' && at.runId === run.id);
  const wait = useWaitReason(run);
  const note = wait?.text ?? (isOutOfSight(run) ? ENGINE_AWAY : undefined);
  const about = [run.name, `${run.jobName} v${run.versionNumber} in ${run.projectName}`];
  return (
    <Item
      route={{ page: 'run', runId: run.id, tab: 'log' }}
      current={current}
      title={[...about, ...(wait ? [`Waits: ${wait.text}`] : note ? [note] : [])].join('\n')}
      name={run.name}
      mark={<RunMark run={run} bare />}
      note={note}
    >
      {note === undefined && <RunDuration run={run} />}
    </Item>
  );
}

function SweepItem({ sweep }: { sweep: Sweep }) {
  const current = useUi(({ history: { at } }) => at.page === 'sweep' && at.sweepId === sweep.id);
  const { done, total } = sweepProgress(sweep);
  return (
    <Item
      route={{ page: 'sweep', sweepId: sweep.id }}
      current={current}
      title={`${sweep.name}\n${plural(total, 'run')} of ${sweep.jobName}`}
      name={sweep.name}
      mark={<ProgressRing done={done} total={total} />}
    >
      {formatCount(done)}/{formatCount(total)}
    </Item>
  );
}

/** Reads the sweeps that runs under way belong to, where they are not here yet. */
function useSweepsOf(active: readonly Run[]): void {
  const sweeps = useEntities((all) => all.sweeps);
  const missing = active.find(({ sweep }) => sweep && !sweeps[sweep.id])?.jobId;
  useEffect(() => {
    if (missing) void loadSweeps(missing);
  }, [missing]);
}

/** The runs and sweeps under way in all projects, live. */
export function RunningRuns() {
  const runs = useEntities((all) => all.runs);
  const sweeps = useEntities((all) => all.sweeps);
  const queues = useEntities((all) => all.queues);
  const all = useMemo(() => activeRuns(runs), [runs]);
  useSweepsOf(all);
  const { title, shown, shownSweeps, more } = useMemo(
    () => underWay(all, sweeps, queues),
    [all, sweeps, queues],
  );
  if (all.length === 0) return <div className={styles.running} />;
  return (
    <section aria-label="Under way" className={styles.running}>
      <h2 className={styles.heading}>{title}</h2>
      <ul>
        {shownSweeps.map((sweep) => (
          <SweepItem key={sweep.id} sweep={sweep} />
        ))}
        {shown.map((run) => (
          <RunItem key={run.id} run={run} />
        ))}
      </ul>
      {more && <p className={styles.heading}>{more}</p>}
    </section>
  );
}

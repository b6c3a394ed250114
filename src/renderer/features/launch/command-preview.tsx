import { useDeferredValue } from 'react';
import type { Job, JobVersion } from '../../../shared/domain/job.ts';
import { formatCommand } from '../../lib/command-line.ts';
import { cx } from '../../lib/cx.ts';
import { useEntities } from '../../stores/entities.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { isSweep } from '../sweeps/sweep-draft.ts';
import { useLaunch } from './launch-context.ts';
import type { LaunchState } from './launch-state.ts';
import { launchCommand } from './launch-draft.ts';
import { queueOf } from './when/start-draft.ts';
import { askedSpec } from './launch-spec-of.ts';
import styles from './launch.module.css';

interface Props {
  job: Job;
  version: JobVersion | undefined;
  /** A sweep is no one launch: there is no command line to show for it, and its first cell is what runs. */
  sweeps?: boolean;
}

const NOTHING = '—';
const COMING = '…';

/** The words that would run, or a mark where none are known to. */
function runsOf(state: LaunchState): readonly string[] | string {
  const { plan, planError, planned, problems, sweep, firstCell } = state;
  if (planError || problems['entryPoint'] || (isSweep(sweep) && !firstCell)) return NOTHING;
  const isOfCell = planned !== null && planned.firstCell !== null;
  return plan && isOfCell === (firstCell !== null) ? plan.delivery.argv : COMING;
}

/** What exactly will run, and the same launch for a terminal. */
export function CommandPreview({ job, version, sweeps = false }: Props) {
  const draft = useLaunch((state) => state.draft);
  // Keys do not wait for it.
  const spec = useDeferredValue(useLaunch((state) => state.spec));
  const schema = useLaunch((state) => state.schema);
  const command = useLaunch((state) => state.command);
  const cells = useLaunch(({ firstCell }) => firstCell?.of ?? null);
  const found = useLaunch(runsOf);
  const runs = typeof found === 'string' ? found : formatCommand(found);
  const queue = useEntities(({ queues }) => queueOf(draft.start, queues));
  const asked = askedSpec({ spec, schema, command });
  const words = launchCommand(job, draft, version, asked, queue);
  const terminal = formatCommand(words);
  return (
    <dl className={styles.commands}>
      <div className={cx(sweeps && styles.cell)}>
        <dt>{sweeps && cells !== null ? `Cell 1 of ${cells} runs` : 'Runs'}</dt>
        <dd>
          <span className="mono selectable">{runs}</span>
          {typeof found !== 'string' && <CopyButton text={runs} label="Copy the command" />}
        </dd>
      </div>
      {!sweeps && (
        <div>
          <dt>Terminal</dt>
          <dd>
            {/* Scrolled where the window is small, also without a mouse. */}
            <span
              role="group"
              aria-label="Terminal command"
              tabIndex={0}
              className={`mono selectable ${styles.terminal}`}
            >
              {terminal}
            </span>
            <CopyButton text={terminal} label="Copy terminal command" />
          </dd>
        </div>
      )}
    </dl>
  );
}

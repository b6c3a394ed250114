import { useState } from 'react';
import type { WaitReason } from '../../../shared/domain/queue.ts';
import type { Run } from '../../../shared/domain/run.ts';
import { isOutOfSight } from '../../../shared/run-state-text.ts';
import { useNow } from '../../lib/clock.ts';
import { cx } from '../../lib/cx.ts';
import { engineName } from '../../stores/engines.ts';
import { useEntities } from '../../stores/entities.ts';
import { STATE_LOOKS } from '../../stores/run-states.ts';
import { navigate } from '../../stores/ui.ts';
import { useWaitReason } from '../../stores/wait-reasons.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Mark } from '../../ui/state-mark.tsx';
import { RelativeTime, RunDuration } from '../../ui/time.tsx';
import tones from '../../ui/tones.module.css';
import { reasonText } from './reason-text.ts';
import { SweepLink, Tries } from './run-chain.tsx';
import { Tags } from './tags.tsx';
import styles from './run.module.css';

/** Why the run is as it is; while it waits for a time, as seen now. */
function useReason(run: Run, wait: WaitReason | null): string | null {
  const sweep = useEntities((all) => (run.sweep ? all.sweeps[run.sweep.id] : undefined));
  const own = reasonText(run, sweep, useNow(1000));
  return wait?.text ?? own;
}

function nextText(run: Run, wait: WaitReason | null): string | null {
  if (wait) return wait.next;
  if (isOutOfSight(run)) {
    return run.startedAt === null
      ? 'It goes on as soon as the engine answers.'
      : 'The run goes on without Slipway; it is followed again as soon as the engine answers.';
  }
  return run.reason?.next ?? null;
}

function Meta({ run }: { run: Run }) {
  return (
    <p className={styles.meta}>
      <button
        type="button"
        className={styles.link}
        onClick={() =>
          navigate({ page: 'job', jobId: run.jobId, tab: 'versions', versionId: run.versionId })
        }
      >
        {run.jobName} v{run.versionNumber}
      </button>
      {run.sweep && <SweepLink sweep={run.sweep} />}
      {run.queue && <QueueLink run={run} />}
      <Tries run={run} />
      <span>{engineName(run.engine)}</span>
      <span>
        <RelativeTime at={run.startedAt ?? run.createdAt} />
      </span>
      <span className={styles.duration}>
        <RunDuration run={run} />
      </span>
    </p>
  );
}

function QueueLink({ run: { queue, priority, state } }: { run: Run }) {
  const { id, name } = queue!;
  const now = useEntities(({ queues }) => queues[id]?.name);
  return (
    <button
      type="button"
      className={styles.link}
      onClick={() => navigate({ page: 'queue', queueId: id })}
    >
      Queue {now ?? name}
      {state === 'queued' && `, ${priority} priority`}
    </button>
  );
}

/** The state of the run, its reason, and what to do next. */
export function RunHeader({ run }: { run: Run }) {
  const [open, setOpen] = useState(false);
  const { shape, tone, word } = STATE_LOOKS[run.state];
  const wait = useWaitReason(run);
  const reason = useReason(run, wait);
  const next = nextText(run, wait);
  const detail = run.reason?.detail;
  return (
    <section aria-label="State" className={styles.header}>
      <Mark shape={shape} tone={tone} size={20} />
      <div className={styles.headerBody}>
        <p className={styles.state} role="status">
          <span className={cx(styles.word, tones[tone])}>{word}</span>
          {reason && <span className="selectable">{reason}</span>}
        </p>
        {next && <p className={`selectable ${styles.next}`}>{next}</p>}
        {detail && (
          <div className={styles.detailActions}>
            <Button look="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
              {open ? 'Hide detail' : 'Show detail'}
            </Button>
            <CopyButton
              label="Copy reason"
              words="Copy"
              text={[word, reason, next, detail].filter(Boolean).join('\n')}
            />
          </div>
        )}
        {open && <pre className={`selectable mono ${styles.detail}`}>{detail}</pre>}
        <Tags run={run} />
      </div>
      <Meta run={run} />
    </section>
  );
}

import { useState } from 'react';
import type { Run } from '../../../shared/domain/run.ts';
import { moveRuns } from '../../commands/queue-actions.ts';
import { useNow } from '../../lib/clock.ts';
import { formatExact, plural } from '../../lib/format.ts';
import { useEntities } from '../../stores/entities.ts';
import { askAboutQueue } from '../../stores/queue-selection.ts';
import { queuesInOrder } from '../../stores/selectors.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { localTime, pastProblem, readLocalTime, soonTimes } from './local-time.ts';
import { limitText } from './queue-words.ts';
import styles from './queue-dialog.module.css';

const named = (runs: readonly Run[]): string =>
  runs.length === 1 ? runs[0]!.name : plural(runs.length, 'run');

const close = (): void => askAboutQueue(null);

/** Lets runs start at a time, and not before. */
export function TimeDialog({ runs }: { runs: readonly Run[] }) {
  const now = useNow(1000);
  const had = runs[0]?.notBefore ?? null;
  const [text, setText] = useState(had === null ? '' : localTime(had));
  const at = readLocalTime(text);
  const passed = pastProblem(at, now);
  const save = (notBefore: number | null): void => {
    close();
    void moveRuns(runs, { notBefore });
  };
  return (
    <Dialog
      title={`Start ${named(runs)} not before`}
      onClose={close}
      footer={
        <div className={styles.footer}>
          <Button onClick={() => save(null)}>As soon as it may</Button>
          <Button look="primary" disabled={at === null || passed !== null} onClick={() => save(at)}>
            Start then
          </Button>
        </div>
      }
    >
      <TextField
        label="Not before"
        type="datetime-local"
        autoFocus
        value={text}
        min={localTime(now)}
        error={passed === null ? null : { code: 'E_ARGS', message: passed }}
        hint={
          at === null ? 'It keeps its place; those behind it go first until then.' : formatExact(at)
        }
        onChange={setText}
      />
      <div className={styles.quick}>
        {soonTimes(now).map(({ title, at: time }) => (
          <Button key={title} onClick={() => setText(localTime(time))}>
            {title}
          </Button>
        ))}
      </div>
    </Dialog>
  );
}

/** Puts runs that wait into another queue, behind what waits there. */
export function MoveDialog({ runs }: { runs: readonly Run[] }) {
  const queues = useEntities((all) => all.queues);
  const from = new Set(runs.map(({ queue }) => queue?.id));
  const others = queuesInOrder(queues).filter(({ id }) => from.size > 1 || !from.has(id));
  const [to, setTo] = useState(others[0]?.id ?? '');
  const save = (): void => {
    close();
    void moveRuns(runs, { queueId: to });
  };
  return (
    <Dialog
      title={`Move ${named(runs)} to another queue`}
      onClose={close}
      footer={
        <div className={styles.footer}>
          <Button onClick={close}>Cancel</Button>
          <Button look="primary" disabled={!to} onClick={save}>
            Move
          </Button>
        </div>
      }
    >
      <SelectField
        label="Queue"
        value={to}
        options={others.map((queue) => ({
          id: queue.id,
          title: queue.name,
          meta: queue.pausedAt === null ? limitText(queue) : 'paused',
        }))}
        hint="What it was given at its launch stays as it is."
        onChange={setTo}
      />
    </Dialog>
  );
}

import { useId } from 'react';
import type { Queue, QueueVariable } from '../../../../shared/domain/queue.ts';
import { PRIORITIES, type Priority } from '../../../../shared/domain/run.ts';
import { cx } from '../../../lib/cx.ts';
import { useEntities } from '../../../stores/entities.ts';
import { queuesInOrder } from '../../../stores/selectors.ts';
import ui from '../../../ui/field.module.css';
import { Pick } from '../../../ui/pick.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { limitText, PRIORITY_TITLES } from '../../queues/queue-words.ts';
import { useLaunch, useLaunchStore } from '../launch-context.ts';
import { setDraft } from '../launch-store.ts';
import { ProblemText } from '../problem-text.tsx';
import { SettingRow } from '../settings/setting-row.tsx';
import { queueOf, startProblems, type StartDraft } from './start-draft.ts';
import styles from '../inputs.module.css';

const STARTS = [
  { id: 'now', title: 'Now' },
  { id: 'queue', title: 'In a queue' },
] as const;

const PRIORITY_OPTIONS = PRIORITIES.map((id) => ({ id, title: PRIORITY_TITLES[id] }));

const queueTitle = (queue: Queue): string =>
  `${queue.name} (${queue.pausedAt === null ? limitText(queue) : 'paused'})`;

interface PartProps {
  start: StartDraft;
  change: (part: Partial<StartDraft>) => void;
}

function QueueRows({
  start,
  queue,
  late,
  change,
}: PartProps & { queue: Queue; late: string | null }) {
  const queues = useEntities((all) => all.queues);
  const [queueId, priorityId, timeId] = [useId(), useId(), useId()];
  return (
    <>
      <SettingRow label="Queue" id={queueId} place="start.queue" changed={false} onReset={() => {}}>
        <Pick
          id={queueId}
          value={queue.id}
          options={queuesInOrder(queues).map((each) => ({ id: each.id, title: queueTitle(each) }))}
          onChange={(id) => change({ queueId: id, variables: {} })}
        />
      </SettingRow>
      <SettingRow
        label="Priority"
        id={priorityId}
        place="start.priority"
        changed={start.priority !== 'medium'}
        onReset={() => change({ priority: 'medium' })}
      >
        <Pick
          id={priorityId}
          value={start.priority}
          options={PRIORITY_OPTIONS}
          onChange={(priority) => change({ priority: priority as Priority })}
        />
      </SettingRow>
      <SettingRow
        label="Not before"
        id={timeId}
        place="start.notBefore"
        help="Until then those behind it in the queue go first"
        changed={start.notBefore !== ''}
        onReset={() => change({ notBefore: '' })}
      >
        <input
          id={timeId}
          type="datetime-local"
          value={start.notBefore}
          className={ui.input}
          onChange={({ target }) => change({ notBefore: target.value })}
          aria-invalid={late !== null || undefined}
        />
        {late && <ProblemText problem={{ message: late, next: null }} />}
      </SettingRow>
    </>
  );
}

/** What may be typed, where the queue says nothing of it itself. */
function rangeText({ type, minimum, maximum, description }: QueueVariable): string {
  const kind = { string: '', integer: 'a whole number', number: 'a number' }[type];
  const range = [
    minimum !== undefined && `from ${minimum}`,
    maximum !== undefined && `to ${maximum}`,
  ];
  return [description, [kind, ...range].filter(Boolean).join(' ')].filter(Boolean).join(': ');
}

interface VariableProps extends PartProps {
  name: string;
  variable: QueueVariable;
  problem: string | null;
}

function VariableRow({ name, variable, problem, start, change }: VariableProps) {
  const id = useId();
  const value = start.variables[name] ?? '';
  const set = (text: string): void => change({ variables: { ...start.variables, [name]: text } });
  const own = variable.default?.toString();
  const first = { id: '', title: own === undefined ? 'Choose…' : `${own} (of the queue)` };
  return (
    <SettingRow
      label={name}
      id={id}
      place={`start.${name}`}
      help={rangeText(variable)}
      changed={value !== ''}
      onReset={() => set('')}
    >
      {variable.enum ? (
        <Pick
          id={id}
          value={value}
          options={[first, ...variable.enum.map((each) => ({ id: each, title: each }))]}
          onChange={set}
        />
      ) : (
        <input
          id={id}
          type="text"
          value={value}
          placeholder={own ?? 'Asked for by the queue'}
          spellCheck={false}
          autoComplete="off"
          aria-invalid={problem !== null || undefined}
          className={cx(ui.input, 'mono')}
          onChange={({ target }) => set(target.value)}
        />
      )}
      {problem && <ProblemText problem={{ message: problem, next: null }} />}
    </SettingRow>
  );
}

/** Whether the launch starts at once or waits for its turn, and what its queue asks for. */
export function WhenItStarts() {
  const store = useLaunchStore();
  const start = useLaunch(({ draft }) => draft.start);
  const engine = useLaunch(({ draft }) => draft.engine);
  const asked = useLaunch((state) => state.asked);
  const queue = useEntities(({ queues }) => queueOf(start, queues));
  const change = (part: Partial<StartDraft>): void =>
    setDraft(store, { start: { ...start, ...part } });
  const problems = startProblems(start, queue, engine);
  /** Nobody is told of what they did not come to yet. */
  const problemAt = (place: string, typed: boolean): string | null =>
    (asked || typed ? problems.find((each) => each.place === place)?.message : null) ?? null;
  const wrong = problemAt('start', true);
  return (
    <section aria-label="Start">
      <div className={cx(styles.section, styles.start)}>
        <span className={styles.title}>Start</span>
        <Segmented
          label="Start"
          value={start.queued ? 'queue' : 'now'}
          options={STARTS}
          onChange={(id) => change({ queued: id === 'queue' })}
        />
      </div>
      {start.queued && queue && (
        <>
          {wrong && (
            <div className={styles.sweptRow}>
              <ProblemText problem={{ message: wrong, next: null }} />
            </div>
          )}
          <QueueRows {...{ start, queue, change }} late={problemAt('start.notBefore', true)} />
          {Object.entries(queue.variables).map(([name, variable]) => (
            <VariableRow
              key={name}
              {...{ name, variable, start, change }}
              problem={problemAt(`start.${name}`, (start.variables[name] ?? '') !== '')}
            />
          ))}
        </>
      )}
    </section>
  );
}

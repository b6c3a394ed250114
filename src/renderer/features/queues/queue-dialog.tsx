import { useState } from 'react';
import { DEFAULT_QUEUE, type Queue } from '../../../shared/domain/queue.ts';
import type { EngineKind } from '../../../shared/domain/run.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import { call } from '../../bridge/client.ts';
import { ENGINE_NAMES } from '../../stores/engines.ts';
import { askAboutQueue } from '../../stores/queue-selection.ts';
import { navigate } from '../../stores/ui.ts';
import { AreaField } from '../../ui/area-field.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { argText, draftOf, NEW_QUEUE, readArgs, withArg, type QueueDraft } from './queue-draft.ts';
import { QueueVariables } from './queue-variables.tsx';
import { readQueue } from './read-queue.ts';
import styles from './queue-dialog.module.css';

const ENGINES = [
  { id: 'auto', title: 'As a launch would', meta: 'the engine of the settings' },
  ...(['docker', 'process'] as const).map((id) => ({ id, title: ENGINE_NAMES[id] })),
];

const FLAGS = [
  { flag: 'cpus', label: 'CPUs', placeholder: 'All' },
  { flag: 'memory', label: 'Memory', placeholder: 'No limit, or 4g' },
  { flag: 'gpus', label: 'GPUs', placeholder: 'None, or all' },
] as const;

interface PartProps {
  draft: QueueDraft;
  change: (part: Partial<QueueDraft>) => void;
  /** What is wrong, by the name of the field. */
  errorAt: (place: string) => ErrorData | null;
}

/** What every run of the queue gets where its launch says nothing else. */
function Resources({ draft, change, errorAt }: PartProps) {
  const broken = readArgs(draft.args) === null;
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>What its runs get, where a launch says nothing else</legend>
      <div className={styles.three}>
        {FLAGS.map(({ flag, ...field }) => (
          <TextField
            key={flag}
            {...field}
            mono
            disabled={broken}
            error={errorAt(flag)}
            value={argText(draft.args, flag)}
            onChange={(text) => change({ args: withArg(draft.args, flag, text) })}
          />
        ))}
      </div>
      <Disclosure title="All of it as JSON" meta="as in --resource-args" forced={broken}>
        <AreaField
          label="Resources as JSON"
          mono
          rows={4}
          value={draft.args}
          error={errorAt('args')}
          hint="Flags of docker run, such as shm-size and env; a {{name}} is asked for at the launch."
          onChange={(args) => change({ args })}
        />
      </Disclosure>
    </fieldset>
  );
}

function Basics({ draft, change, errorAt, fixed }: PartProps & { fixed: boolean }) {
  return (
    <div className={styles.basics}>
      <TextField
        label="Name"
        autoFocus={!fixed}
        disabled={fixed}
        value={draft.name}
        placeholder="gpu"
        error={errorAt('name')}
        onChange={(name) => change({ name })}
      />
      <SelectField
        label="Engine"
        value={draft.engine}
        options={ENGINES}
        onChange={(engine) => change({ engine: engine as EngineKind | 'auto' })}
      />
      <TextField
        label="Runs at a time"
        mono
        inputMode="numeric"
        value={draft.concurrency}
        placeholder="No limit"
        error={errorAt('concurrency')}
        onChange={(concurrency) => change({ concurrency })}
      />
    </div>
  );
}

/** A queue while it is typed, and what becomes of it. */
function useQueueForm(queue: Queue | null, onDone: () => void) {
  const [draft, setDraft] = useState<QueueDraft>(queue ? draftOf(queue) : NEW_QUEUE);
  const [asked, setAsked] = useState(false);
  const [failed, setFailed] = useState<ErrorData | null>(null);
  const read = readQueue(draft, queue?.name);
  const change = (part: Partial<QueueDraft>): void => {
    setDraft((have) => ({ ...have, ...part }));
    setFailed(null);
  };
  const errorAt = (place: string): ErrorData | null => {
    const message = asked && 'problems' in read ? read.problems[place] : undefined;
    return message === undefined ? null : { code: 'E_ARGS', message };
  };
  const save = async (): Promise<void> => {
    setAsked(true);
    if (!('choices' in read)) return;
    const saved = await (queue
      ? call('updateQueue', { queueId: queue.id, change: read.choices })
      : call('createQueue', read.choices));
    if (!saved.ok) return setFailed(saved.error);
    onDone();
    if (!queue) navigate({ page: 'queue', queueId: saved.value.id });
  };
  return { parts: { draft, change, errorAt }, failed, save: () => void save() };
}

interface FormProps {
  queue: Queue | null;
  parts: PartProps;
  onSave: () => void;
}

function QueueForm({ queue, parts, onSave }: FormProps) {
  const { draft, change, errorAt } = parts;
  return (
    <form
      aria-label={queue ? 'Queue' : 'New queue'}
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        onSave();
      }}
    >
      <Basics {...parts} fixed={queue?.id === DEFAULT_QUEUE} />
      <Resources {...parts} />
      <QueueVariables
        args={draft.args}
        variables={draft.variables}
        error={errorAt('variables')}
        onChange={(variables) => change({ variables })}
      />
      {/* Enter in any field saves. */}
      <input type="submit" hidden />
    </form>
  );
}

/** Makes a queue, or changes one. */
export function QueueDialog({ queue }: { queue: Queue | null }) {
  const close = (): void => askAboutQueue(null);
  const { parts, failed, save } = useQueueForm(queue, close);
  return (
    <Dialog
      title={queue ? `Change queue ${queue.name}` : 'New queue'}
      look="wide"
      onClose={close}
      footer={
        <div className={styles.footer}>
          {queue && <p className="meta">Runs that wait keep what they were launched with.</p>}
          <Button onClick={close}>Cancel</Button>
          <Button look="primary" onClick={save}>
            {queue ? 'Save' : 'Create queue'}
          </Button>
        </div>
      }
    >
      <QueueForm queue={queue} parts={parts} onSave={save} />
      {failed && <ErrorNote error={failed} />}
    </Dialog>
  );
}

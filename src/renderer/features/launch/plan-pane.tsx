import type { ReactNode } from 'react';
import type { Delivery, LaunchPlan } from '../../../shared/domain/launch-spec.ts';
import type { InputField } from '../../../shared/domain/inputs.ts';
import type { JobVersion } from '../../../shared/domain/job.ts';
import type { Run } from '../../../shared/domain/run.ts';
import { plural } from '../../lib/format.ts';
import { ENGINE_NAMES } from '../../stores/engines.ts';
import { useEntities } from '../../stores/entities.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { isSweep } from '../sweeps/sweep-draft.ts';
import { limitText } from '../queues/queue-words.ts';
import { queueGives, queueOf } from './when/start-draft.ts';
import { valueWords } from './field-words.ts';
import { useLaunch } from './launch-context.ts';
import { LastRun } from './last-run.tsx';
import styles from './plan.module.css';

function Part({ title, children, copy }: { title: string; children: ReactNode; copy?: string }) {
  return (
    <section aria-label={title} className={styles.part}>
      <h3 className={styles.title}>
        {title}
        {copy && <CopyButton text={copy} label={`Copy ${title.toLowerCase()}`} />}
      </h3>
      {children}
    </section>
  );
}

function Where({ plan }: { plan: LaunchPlan }) {
  return (
    <Part title="Runs in">
      <p className="selectable">
        {plan.environment}
        {plan.engine && <span className={styles.quiet}> on {ENGINE_NAMES[plan.engine]}</span>}
      </p>
      {plan.settings.length > 0 && (
        <dl className={styles.facts}>
          {plan.settings.map(({ label, text }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd className="selectable">{text}</dd>
            </div>
          ))}
        </dl>
      )}
    </Part>
  );
}

/** What the queue does to the launch: when it starts, and what it gives where the settings say nothing else. */
function QueuePart() {
  const start = useLaunch(({ draft }) => draft.start);
  const queue = useEntities(({ queues }) => queueOf(start, queues));
  if (!start.queued || !queue) return null;
  const gives = queueGives(start, queue);
  return (
    <Part title="Waits in">
      <p className="selectable">
        {queue.name}
        <span className={styles.quiet}>
          {' '}
          {queue.pausedAt === null ? limitText(queue) : 'paused'}, {start.priority} priority
        </span>
      </p>
      {gives.length > 0 && (
        <>
          <p className={styles.quiet}>Where the settings say nothing else, it gives:</p>
          <dl className={styles.facts}>
            {gives.map(({ label, text }) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd className="selectable">{text}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </Part>
  );
}

function Environment({ env, secrets }: Pick<Delivery, 'env' | 'secrets'>) {
  const entries = Object.entries(env);
  if (entries.length + secrets.length === 0) return null;
  return (
    <Part title="Environment" copy={entries.map(([key, value]) => `${key}=${value}`).join('\n')}>
      <ul className={`mono selectable ${styles.lines}`}>
        {entries.map(([key, value]) => (
          <li key={key} title={value}>
            {key}={valueWords(value, 200)}
          </li>
        ))}
        {secrets.map(({ variable }) => (
          <li key={variable}>
            {variable}=•••• <span className={styles.quiet}>a secret</span>
          </li>
        ))}
      </ul>
    </Part>
  );
}

function Files({ files }: Pick<Delivery, 'files'>) {
  if (files.length === 0) return null;
  return (
    <Part title="Files written">
      {files.map(({ path, text }) => (
        <Disclosure key={path} title={path} meta="as the code finds it">
          <pre className={`selectable ${styles.file}`}>{text}</pre>
        </Disclosure>
      ))}
    </Part>
  );
}

/** Lines of a config that are shown without being asked for. */
const LINES = 8;

function Config({ config }: Pick<Delivery, 'config'>) {
  const count = Object.keys(config).length;
  if (count === 0) return null;
  const text = JSON.stringify(config, null, 2);
  const lines = text.split('\n').length;
  const shown = <pre className={`selectable ${styles.file}`}>{text}</pre>;
  return (
    <Part title="wandb.config" copy={text}>
      {lines > LINES ? <Disclosure title={plural(count, 'key')}>{shown}</Disclosure> : shown}
    </Part>
  );
}

interface Props {
  version: JobVersion | undefined;
  fields: readonly InputField[];
  lastRun: Run | undefined;
}

/** Everything the launch will do, before it is done. The command itself is at the bottom of the form. */
export function PlanPane({ version, fields, lastRun }: Props) {
  const plan = useLaunch((state) => state.plan);
  const error = useLaunch((state) => state.planError);
  const sweeps = useLaunch(({ sweep }) => isSweep(sweep));
  const ofCell = useLaunch(({ planned }) => planned !== null && planned.firstCell !== null);
  if (error) {
    return (
      <div className={styles.pane}>
        <ErrorNote error={error} />
      </div>
    );
  }
  if (!plan) return <SkeletonRows label="Working out the launch" />;
  const { delivery, notes } = plan;
  return (
    <div className={styles.pane}>
      {ofCell && <p className={styles.cell}>Of the first cell of the sweep:</p>}
      <QueuePart />
      <Where plan={plan} />
      {lastRun && !sweeps && <LastRun run={lastRun} version={version} fields={fields} />}
      <Files {...delivery} />
      <Environment {...delivery} />
      <Config {...delivery} />
      {notes.length > 0 && (
        <Part title="Worth knowing">
          <ul className={`selectable ${styles.notes}`}>
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </Part>
      )}
    </div>
  );
}

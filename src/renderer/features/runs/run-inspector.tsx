import { Ellipsis, Maximize2 } from 'lucide-react';
import { useState } from 'react';
import type { Run } from '../../../shared/domain/run.ts';
import { COMMANDS } from '../../commands/registry.ts';
import { useNow } from '../../lib/clock.ts';
import { plural } from '../../lib/format.ts';
import { engineName } from '../../stores/engines.ts';
import { useEntities } from '../../stores/entities.ts';
import { showInspector } from '../../stores/run-layouts.ts';
import { useRunSelection } from '../../stores/run-selection.ts';
import { navigate } from '../../stores/ui.ts';
import { useWaitReason } from '../../stores/wait-reasons.ts';
import { Button, CommandButton } from '../../ui/button.tsx';
import { CommandMenu } from '../../ui/command-menu.tsx';
import { Copyable } from '../../ui/copyable.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { Inspector } from '../../ui/inspector.tsx';
import { RunMark } from '../../ui/state-mark.tsx';
import { RelativeTime, RunDuration } from '../../ui/time.tsx';
import { Notes } from '../run/notes.tsx';
import { reasonText } from '../run/reason-text.ts';
import { Tags } from '../run/tags.tsx';
import { flatValues } from './flat-values.ts';
import styles from './run-inspector.module.css';
import { RUN_MENU } from './run-menu.ts';
import { StarCell } from './star-cell.tsx';
import { ValueCell } from './value-cell.tsx';

/** Values that are shown at first. */
const FIRST = 12;

function State({ run }: { run: Run }) {
  const now = useNow(1000);
  const sweep = useEntities((all) => (run.sweep ? all.sweeps[run.sweep.id] : undefined));
  const wait = useWaitReason(run);
  const reason = wait?.text ?? reasonText(run, sweep, now);
  const next = wait ? wait.next : run.reason?.next;
  return (
    <section aria-label="State" className={styles.state}>
      <RunMark run={run} />
      {reason && <p className={styles.reason}>{reason}</p>}
      {next && <p className={styles.next}>{next}</p>}
    </section>
  );
}

function KeyFacts({ run }: { run: Run }) {
  return (
    <Facts>
      <Fact name="Job">
        <button
          type="button"
          className={styles.link}
          onClick={() => navigate({ page: 'job', jobId: run.jobId, tab: 'runs' })}
        >
          {run.jobName} v{run.versionNumber}
        </button>
      </Fact>
      <Fact name="Created">
        <RelativeTime at={run.createdAt} /> by {run.creator}
      </Fact>
      <Fact name="Duration">
        <RunDuration run={run} />
      </Fact>
      <Fact name="Engine">{engineName(run.engine)}</Fact>
      {run.queue && (
        <Fact name="Queue">
          {run.queue.name}, {run.priority} priority
        </Fact>
      )}
      <Fact name="Id">
        <Copyable text={run.id} shown={run.id.slice(0, 13)} label="Copy run id" />
      </Fact>
    </Facts>
  );
}

function Values({ title, values }: { title: string; values: Run['config'] }) {
  const [all, setAll] = useState(false);
  const entries = [...flatValues(values)];
  if (entries.length === 0) return null;
  return (
    <section aria-label={title} className={styles.section}>
      <h3 className={styles.heading}>{title}</h3>
      <dl>
        {(all ? entries : entries.slice(0, FIRST)).map(([name, value]) => (
          <div key={name} className={styles.value}>
            <dt className="mono ellipsis" title={name}>
              {name}
            </dt>
            <dd className="ellipsis">
              <ValueCell value={value} />
            </dd>
          </div>
        ))}
      </dl>
      {!all && entries.length > FIRST && (
        <Button look="quiet" onClick={() => setAll(true)}>
          {plural(entries.length - FIRST, 'more value')}
        </Button>
      )}
    </section>
  );
}

function Selected({ run }: { run: Run }) {
  return (
    <>
      <State run={run} />
      <Tags run={run} />
      <KeyFacts run={run} />
      <Values title="Results" values={run.summary} />
      <Values title="Config" values={run.config} />
      <div className={styles.section}>
        <Notes run={run} />
      </div>
    </>
  );
}

/** The run that was selected last, beside the list. */
export function RunInspector() {
  const run = useRunSelection(({ runs, lead }) => (lead === null ? undefined : runs.get(lead)));
  if (!run) return null;
  return (
    <Inspector
      label={`Run ${run.name}`}
      title={
        <span className={styles.title}>
          <span className="ellipsis" title={run.name}>
            {run.name}
          </span>
          <StarCell run={run} />
        </span>
      }
      controls={
        <>
          <CommandMenu
            label="More actions"
            icon={<Ellipsis />}
            look="quiet"
            groups={RUN_MENU(COMMANDS).slice(0)}
          />
          <CommandButton command={COMMANDS.openSelected} icon={<Maximize2 />} look="quiet" />
        </>
      }
      onClose={() => showInspector(false)}
    >
      <Selected key={run.id} run={run} />
    </Inspector>
  );
}

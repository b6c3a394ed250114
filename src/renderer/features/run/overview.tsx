import { DEFAULT_RUN_SETTINGS } from '../../../shared/domain/launch-spec.ts';
import type { Run, RunEvent, RunUsage } from '../../../shared/domain/run.ts';
import { memoryText } from '../../../shared/units.ts';
import { useAnswer } from '../../bridge/use-answer.ts';
import { formatCommand } from '../../lib/command-line.ts';
import { formatClock, formatDuration, formatExact } from '../../lib/format.ts';
import { ENGINE_NAMES, ENGINE_TEXTS } from '../../stores/engines.ts';
import { useEntities } from '../../stores/entities.ts';
import { isActive, STATE_LOOKS } from '../../stores/run-states.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { Mark } from '../../ui/state-mark.tsx';
import { RunDuration } from '../../ui/time.tsx';
import page from '../frame/page.module.css';
import { settingsInWords } from '../../../shared/domain/settings-in-words.ts';
import given from './given.module.css';
import styles from './run.module.css';

function Timeline({ events }: { events: readonly RunEvent[] }) {
  return (
    <ol aria-label="Timeline" className={styles.timeline}>
      {events.map((event) => (
        <li key={event.seq} className={styles.event}>
          <time className={styles.eventTime} title={formatExact(event.at)}>
            {formatClock(event.at)}
          </time>
          {event.state ? (
            <Mark
              shape={
                STATE_LOOKS[event.state].shape === 'dashed'
                  ? 'hollow'
                  : STATE_LOOKS[event.state].shape
              }
              tone={STATE_LOOKS[event.state].tone}
              size={14}
            />
          ) : (
            <span className={styles.bullet} aria-hidden="true" />
          )}
          <span className="selectable">{event.text}</span>
        </li>
      ))}
    </ol>
  );
}

const LOG_WORDS: Readonly<Record<Run['log']['state'], string>> = {
  none: 'Not started',
  live: 'Live',
  sealed: 'Whole',
  partial: 'Not whole',
};

/** What executed the run, or where it was imported from. */
function Execution({ run }: { run: Run }) {
  const { engine, environment, tracked } = run;
  if (engine === null) {
    return (
      <Fact name="Imported from">
        <span className="mono">{tracked?.folder ?? 'a file'}</span>
        <span className={styles.because}>
          Not executed here: another tool tracked it
          {tracked && ` as ${tracked.runId}`}
        </span>
      </Fact>
    );
  }
  return (
    <>
      <Fact name="Engine">
        {ENGINE_NAMES[engine]}
        <span className={styles.because}>{ENGINE_TEXTS[engine]}</span>
      </Fact>
      <Fact name="Environment">
        {environment ? (
          <>
            <span className="mono">{environment.name}</span>
            <span className={styles.because}>
              {environment.reused ? 'Reused' : 'Built'}: {environment.because}
            </span>
            {run.rewrite && (
              <span className={styles.because}>
                Its Dockerfile was rewritten for this engine; the file itself stayed as it is
              </span>
            )}
          </>
        ) : isActive(run) ? (
          'Not ready yet'
        ) : (
          'The run ended before it was ready'
        )}
      </Fact>
    </>
  );
}

/** What was set of how the run is executed. */
function Limits({ run }: { run: Run }) {
  const { value } = useAnswer('runSpec', { runId: run.id });
  return settingsInWords(value?.spec.settings ?? DEFAULT_RUN_SETTINGS).map(({ label, text }) => (
    <Fact key={label} name={label}>
      <span className={given.lines}>{text}</span>
    </Fact>
  ));
}

const usageText = ({ peakMemoryBytes, cpuSeconds }: RunUsage): string =>
  `${memoryText(peakMemoryBytes)} of memory at most, ${formatDuration(cpuSeconds * 1000)} of processor time`;

/** Everything about a run that is not its output. */
export function Overview({ run }: { run: Run }) {
  const events = useEntities((all) => all.events[run.id]) ?? [];
  return (
    <div className={page.scroll}>
      <div className={page.column}>
        <section className={page.section}>
          <h2 className={page.heading}>Run</h2>
          <Facts>
            <Fact name="Command">
              {run.entryPoint.length > 0 ? (
                <span className="mono">{formatCommand(run.entryPoint)}</span>
              ) : (
                'The image’s own'
              )}
            </Fact>
            <Fact name="Job">
              {run.jobName} v{run.versionNumber} in {run.projectName}
            </Fact>
            <Execution run={run} />
            <Limits run={run} />
            <Fact name="Duration">
              <RunDuration run={run} />
            </Fact>
            {run.usage && <Fact name="Used">{usageText(run.usage)}</Fact>}
            {run.exitCode !== null && <Fact name="Exit code">{run.exitCode}</Fact>}
            <Fact name="Log">
              {LOG_WORDS[run.log.state]}
              {run.log.reason && <span className={styles.because}>{run.log.reason}</span>}
            </Fact>
            <Fact name="Created">{formatExact(run.createdAt)}</Fact>
            <Fact name="Id">
              <span className={styles.id}>
                <span className="mono">{run.id}</span>
                <CopyButton text={run.id} label="Copy run id" />
              </span>
            </Fact>
          </Facts>
        </section>
        <section className={page.section}>
          <h2 className={page.heading}>Timeline</h2>
          <Timeline events={events} />
        </section>
      </div>
    </div>
  );
}

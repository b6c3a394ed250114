import { DEFAULT_RUN_SETTINGS } from '../../../shared/domain/launch-spec.ts';
import type { Run, RunUsage } from '../../../shared/domain/run.ts';
import { settingsInWords } from '../../../shared/domain/settings-in-words.ts';
import { memoryText } from '../../../shared/units.ts';
import { useAnswer } from '../../bridge/use-answer.ts';
import { formatCommand } from '../../lib/command-line.ts';
import { formatDuration, formatExact } from '../../lib/format.ts';
import { ENGINE_NAMES } from '../../stores/engines.ts';
import { useEntities } from '../../stores/entities.ts';
import { isActive } from '../../stores/run-states.ts';
import { navigate, replaceRoute } from '../../stores/ui.ts';
import { Copyable } from '../../ui/copyable.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { RelativeTime, RunDuration } from '../../ui/time.tsx';
import page from '../frame/page.module.css';
import styles from './run.module.css';

const LOG_WORDS: Readonly<Record<Run['log']['state'], string>> = {
  none: 'Not started',
  live: 'Live',
  sealed: 'Whole, and checked to be',
  partial: 'Not whole',
};

function JobFact({ run }: { run: Run }) {
  const { jobId, versionId } = run;
  return (
    <Fact name="Job">
      <button
        type="button"
        className={styles.link}
        onClick={() => navigate({ page: 'job', jobId, tab: 'versions', versionId })}
      >
        {run.jobName} v{run.versionNumber}
      </button>{' '}
      in {run.projectName}
    </Fact>
  );
}

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
  const noEnvironment = isActive(run) ? 'not ready yet' : 'the run ended before it was ready';
  return (
    <Fact name="Engine">
      {ENGINE_NAMES[engine]},{' '}
      <button
        type="button"
        className={styles.link}
        onClick={() => replaceRoute({ page: 'run', runId: run.id, tab: 'environment' })}
      >
        {environment ? environment.name : 'environment'}
      </button>
      <span className={styles.because}>
        {environment
          ? `${environment.reused ? 'Reused' : 'Built'}: ${environment.because}`
          : `Environment: ${noEnvironment}`}
      </span>
    </Fact>
  );
}

/** The image that a version of its own runs in, by what cannot change under it. */
function ImageFact({ run }: { run: Run }) {
  const source = useEntities((all) => all.versions[run.versionId]?.source);
  if (source?.kind !== 'image') return null;
  return (
    <Fact name="Image">
      <Copyable text={source.digest} shown={source.digest.slice(0, 19)} label="Copy image digest" />
    </Fact>
  );
}

/** What was set of how the run is executed, on one line; all of it is with its inputs. */
function Limits({ run }: { run: Run }) {
  const { value } = useAnswer('runSpec', { runId: run.id });
  const words = settingsInWords(value?.spec.settings ?? DEFAULT_RUN_SETTINGS);
  if (words.length === 0) return null;
  return (
    <Fact name="Settings">
      {words.map(({ label, text }) => `${label}: ${text.replaceAll('\n', ', ')}`).join(' · ')}
    </Fact>
  );
}

const usageText = ({ peakMemoryBytes, cpuSeconds }: RunUsage): string =>
  `${memoryText(peakMemoryBytes)} of memory at most, ${formatDuration(cpuSeconds * 1000)} of processor time`;

function Times({ run }: { run: Run }) {
  return (
    <>
      <Fact name="Created">
        {formatExact(run.createdAt)}
        <span className={styles.because}>
          <RelativeTime at={run.createdAt} /> by {run.creator}
        </span>
      </Fact>
      <Fact name="Duration">
        <RunDuration run={run} />
        {run.endedAt !== null && (
          <span className={styles.because}>Ended {formatExact(run.endedAt)}</span>
        )}
      </Fact>
    </>
  );
}

/** The few things that say what a run is. */
export function KeyFacts({ run }: { run: Run }) {
  const command = formatCommand(run.entryPoint);
  return (
    <section aria-label="Run" className={page.section}>
      <h2 className={page.heading}>Run</h2>
      <Facts>
        <Fact name="Command">
          {command ? <Copyable text={command} label="Copy command" /> : 'The image’s own'}
        </Fact>
        <JobFact run={run} />
        <Execution run={run} />
        <ImageFact run={run} />
        <Limits run={run} />
        <Times run={run} />
        {run.usage && <Fact name="Used">{usageText(run.usage)}</Fact>}
        {run.exitCode !== null && <Fact name="Exit code">{run.exitCode}</Fact>}
        <Fact name="Log">
          {LOG_WORDS[run.log.state]}
          {run.log.reason && <span className={styles.because}>{run.log.reason}</span>}
        </Fact>
        <Fact name="Id">
          <Copyable text={run.id} label="Copy run id" />
        </Fact>
      </Facts>
    </section>
  );
}

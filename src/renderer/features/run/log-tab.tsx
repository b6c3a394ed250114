import { useEffect, useSyncExternalStore } from 'react';
import type { Run } from '../../../shared/domain/run.ts';
import { isActive, STATE_LOOKS } from '../../stores/run-states.ts';
import { replaceRoute } from '../../stores/ui.ts';
import { Button } from '../../ui/button.tsx';
import { Mark } from '../../ui/state-mark.tsx';
import type { LogFeed } from '../log/log-feed.ts';
import { LogPane } from '../log/log-pane.tsx';
import type { LogSession } from '../log/log-session.ts';
import { useLogSession } from '../log/use-log-session.ts';
import log from '../log/log.module.css';

interface Props {
  run: Run;
  /** A line of the whole log that is asked for, from 0. */
  line: number | null;
}

const endedWords = (run: Run): string =>
  run.engine === null && run.log.state === 'none'
    ? 'The run folder this was imported from holds no text of the run.'
    : 'The run printed nothing.';

/** Nothing printed yet, or nothing ever: says which, and where to look. */
function NoLines({ run }: { run: Run }) {
  const { shape, tone } = STATE_LOOKS[run.state];
  const building = run.state === 'building' || run.reason?.code === 'build-failed';
  const words: Partial<Record<Run['state'], string>> = {
    queued: 'The run waits for its turn.',
    preparing: 'Getting the code ready.',
    building: 'The environment is being built; the log starts when the program does.',
    starting: 'The program is being started.',
    running: 'Running. Nothing has been printed yet.',
  };
  return (
    <div className={log.waiting}>
      {isActive(run) && <Mark shape={shape} tone={tone} size={20} />}
      <p>{words[run.state] ?? endedWords(run)}</p>
      {building && (
        <Button onClick={() => replaceRoute({ page: 'run', runId: run.id, tab: 'build' })}>
          See the build
        </Button>
      )}
    </div>
  );
}

/** What the run printed. */
export function LogTab({ run, line }: Props) {
  const session = useLogSession(run.id, 'run', line);
  const failed = run.state === 'failed' || run.state === 'crashed';
  useEffect(() => {
    if (failed) void session?.findFailure();
  }, [session, failed]);
  useEffect(() => {
    // Gone to once: who comes back finds the log where it was left.
    if (session && line !== null) replaceRoute({ page: 'run', runId: run.id, tab: 'log' });
  }, [session, line, run.id]);
  if (!session) return <div className={log.waiting} />;
  return <OpenLog run={run} session={session} />;
}

function OpenLog({ run, session }: { run: Run; session: LogSession }) {
  const { feed } = session;
  const lines = useSyncExternalStore(feed.subscribe, () => feed.head().lines > 0);
  const error = useSyncExternalStore(feed.subscribe, () => feed.head().error);
  // Of a choice of streams nothing may be there: that is no empty log.
  const empty = !lines && session.state.getState().streams === 'both';
  return (
    <>
      {run.log.state === 'partial' && (
        <p className={log.partial}>
          <span>This log is not whole: {run.log.reason ?? 'a part was lost'}.</span>
        </p>
      )}
      {error && (
        <p className={log.partial}>
          <span>{error}</span>
        </p>
      )}
      {empty ? (
        <Waiting run={run} feed={feed} />
      ) : (
        <LogPane
          session={session}
          runId={run.id}
          kind="run"
          label={`Log of ${run.name}`}
          startedAt={run.startedAt}
        />
      )}
    </>
  );
}

/** An empty log is drawn, too: the next head may come. */
function Waiting({ run, feed }: { run: Run; feed: LogFeed }) {
  const version = useSyncExternalStore(feed.subscribe, feed.version);
  useEffect(() => feed.drawn(), [feed, version]);
  return <NoLines run={run} />;
}

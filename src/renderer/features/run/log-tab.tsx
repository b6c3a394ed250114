import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Run } from '../../../shared/domain/run.ts';
import { isActive, STATE_LOOKS } from '../../stores/run-states.ts';
import { replaceRoute } from '../../stores/ui.ts';
import { Button } from '../../ui/button.tsx';
import type { LineRange } from '../log/copy-lines.ts';
import { LogBar } from '../log/log-bar.tsx';
import type { LogFeed } from '../log/log-feed.ts';
import { useLogFeed } from '../log/use-log-feed.ts';
import { LogView } from '../log/log-view.tsx';
import { Mark } from '../../ui/state-mark.tsx';
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

const nothing = { subscribe: () => () => undefined, version: () => 0 };

/** What the run printed. */
export function LogTab({ run }: Props) {
  const feed = useLogFeed(run.id, 'run');
  const [selection, onSelect] = useState<LineRange | null>(null);
  useSyncExternalStore((feed ?? nothing).subscribe, (feed ?? nothing).version);
  const head = feed?.head();
  if (!feed || !head) return <div className={log.waiting} />;
  return (
    <>
      <LogBar feed={feed} selection={selection} />
      {run.log.state === 'partial' && (
        <p className={log.partial}>This log is not whole: {run.log.reason ?? 'a part was lost'}.</p>
      )}
      {head.error && <p className={log.partial}>{head.error}</p>}
      {head.lines === 0 ? (
        <Waiting run={run} feed={feed} />
      ) : (
        <LogView
          feed={feed}
          place={`${run.id}/run`}
          label={`Log of ${run.name}`}
          streams
          selection={selection}
          onSelect={onSelect}
        />
      )}
    </>
  );
}

/** An empty log is drawn, too: the next head may come. */
function Waiting({ run, feed }: { run: Run; feed: LogFeed }) {
  useEffect(() => feed.drawn());
  return <NoLines run={run} />;
}

import { ArrowDownToLine, CircleX, Clock, FoldVertical, Timer, WrapText } from 'lucide-react';
import { memo, type ReactNode, type RefObject } from 'react';
import { useStore } from 'zustand';
import { COMMANDS } from '../../commands/registry.ts';
import type { StreamChoice } from '../../stores/log-here.ts';
import { useLogPrefs } from '../../stores/log-prefs.ts';
import { useUi } from '../../stores/ui.ts';
import { CommandButton } from '../../ui/button.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { LogFind } from './log-find.tsx';
import { MoreMenu, SaveMenu } from './log-menus.tsx';
import type { LogSession } from './log-session.ts';
import styles from './log-bar.module.css';

const STREAMS: readonly { id: StreamChoice; title: string }[] = [
  { id: 'both', title: 'Both' },
  { id: 'stdout', title: 'stdout' },
  { id: 'stderr', title: 'stderr' },
];

interface Props {
  session: LogSession;
  /** Streams are told apart in what a run prints, not in a build. */
  streams: boolean;
  input: RefObject<HTMLInputElement | null>;
  /** What opens beside the button of times. */
  jumpAnchor: RefObject<HTMLDivElement | null>;
  onLeave: () => void;
  controls?: ReactNode;
}

/** The controls of a log in one slim row; what does not fit is in the menu at its end. */
export const LogBar = memo(function LogBar(props: Props) {
  const { session, streams, input, jumpAnchor, onLeave, controls } = props;
  const wrap = useUi((ui) => ui.wrapLog);
  const { times, folded } = useLogPrefs();
  const failing = useStore(session.state, (log) => log.failing);
  const following = useStore(session.state, (log) => log.following);
  const shown = useStore(session.state, (log) => log.streams);
  const checks = {
    wrap,
    folded,
    times: times !== 'off',
    following,
    streams: shown,
    hasStreams: streams,
  };
  return (
    <div role="toolbar" aria-label="Log" className={styles.bar}>
      <LogFind session={session} input={input} onLeave={onLeave} />
      {failing !== null && (
        <CommandButton
          command={COMMANDS.toFailure}
          look="quiet"
          icon={<CircleX />}
          className={styles.failure}
          aria-label="Go to the failing line"
        >
          <span className={styles.words}>Failing line</span>
        </CommandButton>
      )}
      {streams && (
        <div className={styles.streams}>
          <Segmented
            label="Streams"
            value={shown}
            options={STREAMS}
            onChange={(choice) => session.choose(choice)}
          />
        </div>
      )}
      {controls}
      <div ref={jumpAnchor} className={styles.toggles}>
        <CommandButton
          command={COMMANDS.followLog}
          look="quiet"
          icon={<ArrowDownToLine />}
          aria-pressed={following}
        />
        <CommandButton
          command={COMMANDS.logTimes}
          look="quiet"
          icon={<Clock />}
          aria-label={`Times: ${times === 'elapsed' ? 'since the start' : times}`}
          aria-pressed={times !== 'off'}
        />
        <CommandButton command={COMMANDS.jumpToTime} look="quiet" icon={<Timer />} />
        <CommandButton
          command={COMMANDS.foldLog}
          look="quiet"
          icon={<FoldVertical />}
          aria-label="Progress bars folded"
          aria-pressed={folded}
        />
        <CommandButton
          command={COMMANDS.toggleWrap}
          look="quiet"
          icon={<WrapText />}
          aria-label="Wrap lines"
          aria-pressed={wrap}
        />
      </div>
      <SaveMenu streams={streams} />
      <MoreMenu checks={checks} />
    </div>
  );
});

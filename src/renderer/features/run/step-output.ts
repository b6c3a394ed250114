import { useEffect, useState, useSyncExternalStore } from 'react';
import type { LogLine } from '../../../shared/contract/log-stream.ts';
import { plainText } from '../log/ansi.ts';
import type { LogFeed } from '../log/log-feed.ts';

/** Lines kept of each step; the full output is in the log view. */
const KEPT_LINES = 1000;

export interface StepLine {
  /** Its place in the view of the log. */
  index: number;
  /** As shown, without escape sequences. */
  text: string;
}

export interface StepOutput {
  /** Lines the step printed. */
  count: number;
  /** The last of them. */
  last: readonly StepLine[];
}

/** Adds lines, the first of which is at `first`, to the output of the steps they came from. */
export function addLines(
  have: ReadonlyMap<number, StepOutput>,
  first: number,
  lines: readonly LogLine[],
): Map<number, StepOutput> {
  const next = new Map(have);
  const placed = lines.map(({ stream, text }, at) => ({ stream, text, index: first + at }));
  for (const [step, added] of Map.groupBy(placed, ({ stream }) => stream)) {
    const { count, last } = next.get(step) ?? { count: 0, last: [] };
    const shown = added.map(({ index, text }) => ({ index, text: plainText(text) }));
    next.set(step, {
      count: count + added.length,
      last: [...last, ...shown].slice(-KEPT_LINES),
    });
  }
  return next;
}

interface Read {
  view: number;
  lines: number;
  outputs: ReadonlyMap<number, StepOutput>;
}

const unread = (view: number): Read => ({ view, lines: 0, outputs: new Map() });

/** What each step of a build printed, as it grows. */
export function useStepOutput(feed: LogFeed): ReadonlyMap<number, StepOutput> {
  const version = useSyncExternalStore(feed.subscribe, feed.version);
  const view = feed.view();
  const [read, setRead] = useState<Read>(() => unread(view));
  // Lines of another view are in other places.
  if (read.view !== view) setRead(unread(view));
  const head = feed.head();
  // The last line may still grow: it counts once it is followed by another, or at the end.
  const whole = head.ended ? head.lines : head.lines - 1;

  useEffect(() => feed.drawn(), [feed, version]);
  useEffect(() => {
    if (whole <= read.lines) return;
    let here = true;
    void feed.read(read.lines, whole - read.lines).then((lines) => {
      if (!here || lines.length === 0) return;
      setRead((have) => ({
        view,
        lines: have.lines + lines.length,
        outputs: addLines(have.outputs, have.lines, lines),
      }));
    });
    return () => {
      here = false;
    };
  }, [feed, view, whole, read.lines]);
  return read.outputs;
}

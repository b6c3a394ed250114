import { useEffect, useState, useSyncExternalStore } from 'react';
import type { LogLine } from '../../../shared/contract/log-stream.ts';
import type { LogFeed } from '../log/log-feed.ts';

/** Lines kept of each step; the full output is in the log view. */
const SHOWN_LINES = 200;

export interface StepOutput {
  /** Lines the step printed. */
  count: number;
  /** The last of them. */
  last: readonly string[];
}

/** Adds lines to the output of the steps they came from. */
export function addLines(
  have: ReadonlyMap<number, StepOutput>,
  lines: readonly LogLine[],
): Map<number, StepOutput> {
  const next = new Map(have);
  for (const [step, added] of Map.groupBy(lines, (line) => line.stream)) {
    const { count, last } = next.get(step) ?? { count: 0, last: [] };
    const texts = [...last, ...added.map((line) => line.text)].slice(-SHOWN_LINES);
    next.set(step, { count: count + added.length, last: texts });
  }
  return next;
}

const none = { subscribe: () => () => undefined, version: () => 0 };

/** What each step of a build printed, as it grows. Null reads nothing. */
export function useStepOutput(feed: LogFeed | null): ReadonlyMap<number, StepOutput> {
  const source = feed ?? none;
  const version = useSyncExternalStore(source.subscribe, source.version);
  const [read, setRead] = useState<{ lines: number; outputs: ReadonlyMap<number, StepOutput> }>({
    lines: 0,
    outputs: new Map(),
  });
  const head = feed?.head();
  // The last line may still grow: it counts once it is followed by another, or at the end.
  const whole = head ? (head.ended ? head.lines : head.lines - 1) : 0;

  useEffect(() => feed?.drawn(), [feed, version]);
  useEffect(() => {
    if (!feed || whole <= read.lines) return;
    let here = true;
    void feed.read(read.lines, whole - read.lines).then((lines) => {
      if (!here || lines.length === 0) return;
      setRead((have) => ({
        lines: have.lines + lines.length,
        outputs: addLines(have.outputs, lines),
      }));
    });
    return () => {
      here = false;
    };
  }, [feed, whole, read.lines]);
  return read.outputs;
}

import { useMemo } from 'react';
import { create } from 'zustand';
import { keep, readKept, textsOf } from '../../stores/kept.ts';

const KEY = 'pinned-metrics';
/** The ones that were pinned last are kept. */
const LIMIT = 200;

/** Names of metrics that come first, in every run. */
const usePinned = create<{ names: readonly string[] }>(() => ({ names: textsOf(readKept(KEY)) }));

export function usePins(): ReadonlySet<string> {
  const names = usePinned((pinned) => pinned.names);
  return useMemo(() => new Set(names), [names]);
}

/** Pins a metric, or takes its pin off; also for the next start. */
export function togglePin(name: string): void {
  const { names } = usePinned.getState();
  const next = names.includes(name)
    ? names.filter((other) => other !== name)
    : [...names.slice(1 - LIMIT), name];
  usePinned.setState({ names: next });
  keep(KEY, next);
}

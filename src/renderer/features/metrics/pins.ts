import { useMemo } from 'react';
import { create } from 'zustand';

const KEY = 'slipway.pinned-metrics';
/** The ones that were pinned last are kept. */
const LIMIT = 200;

function readStored(): readonly string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(stored) ? stored.filter((name) => typeof name === 'string') : [];
  } catch {
    // Unreadable: as at the first time.
    return [];
  }
}

/** Names of metrics that come first, in every run. */
const usePinned = create<{ names: readonly string[] }>(() => ({ names: readStored() }));

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
  localStorage.setItem(KEY, JSON.stringify(next));
}

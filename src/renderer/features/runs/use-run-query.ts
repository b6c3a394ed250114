import { useEffect, useState, useSyncExternalStore } from 'react';
import { call, getBridge } from '../../bridge/client.ts';
import { RunWindow, type RunView, type RunWindowState } from './run-window.ts';

interface RunQueryAnswer extends RunWindowState {
  window: RunWindow;
}

/**
 * Runs of a view, the pages near what is in sight alone. The old rows stay until the new ones are
 * there; what is pushed is put in at once and asked about before long. `startAt`: the first page.
 */
export function useRunQuery(view: RunView, startAt: number): RunQueryAnswer {
  const [window] = useState(() => {
    const made = new RunWindow((query) => call('queryRuns', query));
    made.need([startAt]);
    return made;
  });
  useEffect(() => window.show(view), [window, view]);
  useEffect(() => {
    const stop = getBridge().on('changes', ({ runs, removed }) =>
      window.changed(runs, removed.runs),
    );
    return () => {
      stop();
      window.stop();
    };
  }, [window]);
  const state = useSyncExternalStore(window.subscribe, window.state);
  return { ...state, window };
}

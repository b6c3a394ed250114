import { useEffect, useState, useSyncExternalStore } from 'react';
import { call, getBridge } from '../../bridge/client.ts';
import type { Bridge } from '../../../shared/contract/bridge.ts';
import {
  RunWindow,
  sameView,
  type RunView,
  type RunWindowState,
  type ShownRuns,
} from './run-window.ts';

interface RunQueryAnswer extends RunWindowState {
  window: RunWindow;
}

/** The list that was left last: who comes back to it sees it at once, and then what is new. */
const left = new WeakMap<Bridge, ShownRuns>();

function leftAs(view: RunView): ShownRuns | null {
  const before = left.get(getBridge());
  return before && sameView(before.view, view) ? before : null;
}

/**
 * Runs of a view, the pages near what is in sight alone. The old rows stay until the new ones are
 * there; what is pushed is put in at once and asked about before long. `pages`: those in sight at first.
 */
export function useRunQuery(view: RunView, pages: readonly number[]): RunQueryAnswer {
  const [window] = useState(
    () => new RunWindow((query) => call('queryRuns', query), pages, leftAs(view)),
  );
  useEffect(() => window.show(view), [window, view]);
  useEffect(() => {
    const bridge = getBridge();
    const stop = bridge.on('changes', ({ runs, removed }) => window.changed(runs, removed.runs));
    return () => {
      stop();
      const { shown } = window.state();
      if (shown) left.set(bridge, shown);
      window.stop();
    };
  }, [window]);
  const state = useSyncExternalStore(window.subscribe, window.state);
  return { ...state, window };
}

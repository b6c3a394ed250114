import { createContext, use, useCallback, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import type { LaunchProblem } from '../../../shared/domain/launch-spec.ts';
import type { LaunchState } from './launch-state.ts';
import type { LaunchStore } from './launch-store.ts';
import { isDue } from './problems.ts';
import { isStale } from './stale.ts';

export const LaunchContext = createContext<LaunchStore | null>(null);

/** The store of the form that a component is in. */
export function useLaunchStore(): LaunchStore {
  const store = use(LaunchContext);
  if (!store) throw new Error('Not in a launch form.');
  return store;
}

/** A part of what the form holds; drawn again only when that part changes. */
export const useLaunch = <T>(part: (state: LaunchState) => T): T =>
  useStore(useLaunchStore(), part);

/** As {@link useLaunch}, of one input alone: asked only when something changed of that input. */
export function useInputPart<T>(name: string, part: (state: LaunchState) => T): T {
  const store = useLaunchStore();
  const watch = useCallback(
    (listener: () => void) => store.watchInput(name, listener),
    [store, name],
  );
  return useSyncExternalStore(watch, () => part(store.getState()));
}

const dueProblem = (state: LaunchState, place: string): LaunchProblem | null => {
  const problem = state.problems[place];
  return problem && isDue(problem, state) ? problem : null;
};

/** What is wrong with an input, once it is worth saying. */
export const useInputProblem = (name: string): LaunchProblem | null =>
  useInputPart(name, (state) => dueProblem(state, `values.${name}`));

/** Whether that was said of another value than it has now. */
export const useInputStale = (name: string): boolean =>
  useInputPart(name, (state) => {
    const place = `values.${name}`;
    return dueProblem(state, place) !== null && isStale(state, place);
  });

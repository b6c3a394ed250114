import { createContext, use } from 'react';
import { useStore } from 'zustand';
import type { LaunchProblem } from '../../../shared/domain/launch-spec.ts';
import type { LaunchState, LaunchStore } from './launch-store.ts';
import { isDue } from './problems.ts';

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

/** What is wrong with a place, once it is worth saying. */
export const useProblem = (place: string): LaunchProblem | null =>
  useLaunch((state) => {
    const problem = state.problems[place];
    return problem && isDue(problem, state) ? problem : null;
  });

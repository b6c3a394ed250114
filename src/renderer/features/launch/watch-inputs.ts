import type { StoreApi } from 'zustand';
import type { LaunchState } from './launch-state.ts';

export type WatchInput = (name: string, listener: () => void) => () => void;

const PLACE = 'values.';

type Values = Readonly<Record<string, unknown>>;

/** The keys whose values differ between two records. */
function* changedKeys(now: Values, before: Values): Generator<string> {
  if (now === before) return;
  for (const key of Object.keys(now)) {
    if (!Object.hasOwn(before, key) || before[key] !== now[key]) yield key;
  }
  for (const key of Object.keys(before)) if (!Object.hasOwn(now, key)) yield key;
}

/** The names of inputs among places. */
const namesOf = (places: Iterable<string>): string[] =>
  [...places].flatMap((place) => (place.startsWith(PLACE) ? place.slice(PLACE.length) : []));

/** The inputs that something changed of: value, words, sweep or what is wrong with it. */
function changedInputs(now: LaunchState, before: LaunchState): Set<string> {
  return new Set([
    ...changedKeys(now.spec.values, before.spec.values),
    ...changedKeys(now.planned?.spec.values ?? {}, before.planned?.spec.values ?? {}),
    ...changedKeys(now.sweep.axes, before.sweep.axes),
    ...namesOf(changedKeys(now.texts, before.texts)),
    ...namesOf(changedKeys(now.problems, before.problems)),
    ...namesOf(changedKeys(now.left, before.left)),
    ...(now.asked === before.asked ? [] : namesOf(Object.keys(now.problems))),
  ]);
}

/**
 * Tells of changes by input: in a form of hundreds each key would ask all rows otherwise, whether they
 * changed, and that alone takes milliseconds.
 */
export function watchInputs(store: StoreApi<LaunchState>): WatchInput {
  const watched = new Map<string, Set<() => void>>();
  store.subscribe((now, before) => {
    for (const name of changedInputs(now, before)) {
      for (const listener of watched.get(name) ?? []) listener();
    }
  });
  return (name, listener) => {
    const own = watched.get(name) ?? new Set();
    watched.set(name, own.add(listener));
    return () => void own.delete(listener);
  };
}

import type { Json } from '../../../shared/domain/json.ts';
import { createStore, type StoreApi } from 'zustand';
import type { FittedSpec } from '../../../shared/domain/fitted-spec.ts';
import {
  EMPTY_SPEC,
  type LaunchPlan,
  type LaunchSpec,
  type RunSettings,
} from '../../../shared/domain/launch-spec.ts';
import { NO_SWEEP, withAxis } from '../sweeps/sweep-draft.ts';
import type { AxisDraft } from '../sweeps/axis-draft.ts';
import { FIRST_ROWS } from './first-rows.ts';
import type { LaunchDraft } from './launch-draft.ts';
import { placeProblems, REQUIRED } from './problems.ts';
import { startedCommand } from './sub-command.ts';
import { sameValue } from './value-text.ts';
import { watchInputs, type WatchInput } from './watch-inputs.ts';
import type { FirstCell, LaunchState, Planned } from './launch-state.ts';

/** The fold of the run settings in `open`; sections of inputs have other names. */
export const SETTINGS = 'run settings';

export interface LaunchStore extends StoreApi<LaunchState> {
  /** Calls when something changes of one input; see {@link watchInputs}. */
  watchInput: WatchInput;
}

export const emptyState = (draft: LaunchDraft): LaunchState => ({
  draft,
  spec: EMPTY_SPEC,
  texts: {},
  unread: {},
  sweep: NO_SWEEP,
  firstCell: null,
  schema: null,
  schemaError: null,
  plan: null,
  planError: null,
  planned: null,
  problems: {},
  left: {},
  asked: false,
  command: null,
  filter: '',
  drawn: FIRST_ROWS,
  open: {},
  view: 'form',
  raw: null,
  dropped: [],
  from: null,
  notes: [],
  fittedTo: null,
  restored: false,
});

/** Forgets all that was filled in, and nothing of what is known of the version. */
export const startOver = (store: LaunchStore, draft: LaunchDraft): void =>
  store.setState(({ schema, command, plan, planned }) => ({
    ...emptyState(draft),
    ...{ schema, command, plan, planned },
  }));

export function createLaunchStore(draft: LaunchDraft): LaunchStore {
  const store = createStore<LaunchState>(() => emptyState(draft));
  return Object.assign(store, { watchInput: watchInputs(store) });
}

/** A record with one entry set, or without it. */
export function withEntry<T>(
  have: Readonly<Record<string, T>>,
  key: string,
  value: T | undefined,
): Record<string, T> {
  // Not a spread with a name in it: `__proto__` is an input like any other.
  const entries = Object.entries(have).filter(([name]) => name !== key);
  if (value !== undefined) {
    const at = Object.keys(have).indexOf(key);
    entries.splice(at < 0 ? entries.length : at, 0, [key, value]);
  }
  return Object.fromEntries(entries);
}

/** Sets an input, or with undefined leaves it to the code. `text` is how it was typed. */
export function setValue(
  store: LaunchStore,
  name: string,
  value: Json | undefined,
  text?: string,
): void {
  const place = `values.${name}`;
  store.setState(({ spec, texts, problems }) => ({
    spec: { ...spec, values: withEntry(spec.values, name, value) },
    texts: withEntry(texts, place, text),
    // It is not missing any more: said until the next answer, it would move what is being clicked.
    ...(value !== undefined &&
      problems[place]?.code === REQUIRED && { problems: withEntry(problems, place, undefined) }),
  }));
}

export const setSpec = (store: LaunchStore, part: Partial<LaunchSpec>): void =>
  store.setState(({ spec }) => ({ spec: { ...spec, ...part } }));

/** Changes how the run is executed. */
export const setSettings = (store: LaunchStore, part: Partial<RunSettings>): void =>
  store.setState(({ spec }) => ({
    spec: { ...spec, settings: { ...spec.settings, ...part } },
  }));

/** Keeps words that were typed, and why they cannot be read when they cannot. */
export const setText = (
  store: LaunchStore,
  place: string,
  text: string,
  unread: string | null,
): void =>
  store.setState((state) => ({
    texts: withEntry(state.texts, place, text),
    unread: withEntry(state.unread, place, unread ?? undefined),
  }));

/** Puts whole new values in place of what is there. */
export const putFitted = (
  store: LaunchStore,
  { spec, dropped, notes }: FittedSpec,
  from: string | null,
): void =>
  store.setState(({ schema, command, draft }) => {
    const put = { schema, spec, command: null };
    // The sub-command of the new values is shown; with none of any, the one that was.
    const shown = startedCommand(put, draft.entryPoint ?? '') ?? command;
    return { spec, dropped, notes, from, command: shown, unread: {}, raw: null };
  });

export const leavePlace = (store: LaunchStore, place: string): void =>
  store.setState(({ left }) => (left[place] ? {} : { left: { ...left, [place]: true } }));

/**
 * Takes in what a launch would do. A place whose problem stays the same keeps the same object, and what
 * was filled in since the question was asked is not said to be missing.
 */
export function putPlan(store: LaunchStore, plan: LaunchPlan, planned: Planned): void {
  store.setState(({ problems: before, schema, spec }) => {
    const filled = new Set(Object.keys(spec.values).map((name) => `values.${name}`));
    const still = plan.problems.filter(({ code, path }) => code !== REQUIRED || !filled.has(path));
    const problems = placeProblems(still, schema?.fields ?? []);
    for (const [place, problem] of Object.entries(problems)) {
      if (sameValue(before[place], problem)) problems[place] = before[place]!;
    }
    return { plan, planError: null, planned, problems };
  });
}

/** Says which cell of a sweep is the first; null when that is not known, or there is no sweep. */
export const setFirstCell = (store: LaunchStore, next: FirstCell | null): void =>
  store.setState(({ firstCell }) => (sameValue(firstCell, next) ? {} : { firstCell: next }));

/** Turns an input into an axis of a sweep, changes the axis, or with null ends it. */
export const setAxis = (store: LaunchStore, name: string, axis: AxisDraft | null): void =>
  store.setState(({ sweep }) => ({ sweep: withAxis(sweep, name, axis) }));

/** Says why a place cannot be read, or with null that it can. */
export const setUnread = (store: LaunchStore, place: string, why: string | null): void =>
  store.setState(({ unread }) => ({ unread: withEntry(unread, place, why ?? undefined) }));

export const setDraft = (store: LaunchStore, part: Partial<LaunchDraft>): void =>
  store.setState(({ draft }) => ({ draft: { ...draft, ...part } }));

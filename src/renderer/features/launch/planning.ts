import type { CommandInput } from '../../../shared/contract/commands.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import { call } from '../../bridge/client.ts';
import { isSweep } from '../sweeps/sweep-draft.ts';
import type { LaunchState, Planned } from './launch-state.ts';
import { putPlan, type LaunchStore } from './launch-store.ts';

const PAUSE_MS = 250;

type Request = CommandInput<'planLaunch'>;

export interface Planning {
  /** Asks now if anything changed; resolves when the answer to what is there now is in. */
  flush(): Promise<void>;
  stop(): void;
}

const sameAsked = (a: LaunchState, b: LaunchState): boolean =>
  a.spec === b.spec &&
  a.firstCell === b.firstCell &&
  isSweep(a.sweep) === isSweep(b.sweep) &&
  a.draft.entryPoint === b.draft.entryPoint &&
  a.draft.engine === b.draft.engine &&
  a.draft.start === b.draft.start &&
  a.command === b.command &&
  a.schema === b.schema;

/** Without the rest: each answer would keep the one before it. */
const plannedOf = ({ spec, firstCell, draft }: LaunchState): Planned => ({
  ...{ spec, firstCell, entryPoint: draft.entryPoint },
});

/** An entry point that cannot be read is a fault of its field; the plan before it stays. */
function putFailure(store: LaunchStore, error: ErrorData, planned: Planned): void {
  const { code, message, next = null } = error;
  if (!code.startsWith('E_ENTRYPOINT')) {
    return store.setState({ planError: error, planned, problems: {} });
  }
  const entryPoint = { code, path: 'entryPoint', message, next };
  store.setState({ planError: null, planned, problems: { entryPoint } });
}

/**
 * Keeps asking what a launch would do while the form changes: after a short pause, or at once when a
 * field is left. Only the answer to the newest question counts.
 */
export function startPlanning(store: LaunchStore, request: () => Request | null): Planning {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked: { about: LaunchState; answer: Promise<void> } | null = null;

  const ask = async (): Promise<void> => {
    const input = request();
    if (!input) return;
    const mine = asked;
    const result = await call('planLaunch', input);
    if (asked !== mine || mine === null) return;
    const planned = plannedOf(mine.about);
    if (result.ok) putPlan(store, result.value, planned);
    else putFailure(store, result.error, planned);
  };
  const flush = (): Promise<void> => {
    clearTimeout(timer);
    const about = store.getState();
    if (asked && sameAsked(asked.about, about)) return asked.answer;
    asked = { about, answer: Promise.resolve() };
    asked.answer = ask();
    return asked.answer;
  };
  const unsubscribe = store.subscribe((now, before) => {
    if (sameAsked(now, before)) return;
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), PAUSE_MS);
  });
  void flush();
  return {
    flush,
    stop: () => {
      clearTimeout(timer);
      asked = null;
      unsubscribe();
    },
  };
}

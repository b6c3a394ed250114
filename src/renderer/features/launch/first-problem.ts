import type { LaunchProblem } from '../../../shared/domain/launch-spec.ts';
import { useEntities } from '../../stores/entities.ts';
import type { LaunchState } from './launch-state.ts';
import { SETTINGS, type LaunchStore } from './launch-store.ts';
import { queueOf, startProblems } from './when/start-draft.ts';
import { sectionsOf, type InputGroup } from './sections.ts';

const isStart = (place: string): boolean => /^start(\.|$)/.test(place);

export interface Hindrance {
  place: string;
  message: string;
}

/** Whether the raw view holds a text that is no document, and the form has not moved on since. */
export const rawProblem = ({ raw, spec }: LaunchState): string | null =>
  raw?.problem && raw.values === spec.values ? raw.problem.message : null;

const asHindrance = ([place, problem]: [string, LaunchProblem]): Hindrance => ({
  place,
  message: problem.message,
});

/** Everything that keeps the launch from starting, in the order to mend it. */
export function hindrances(state: LaunchState): Hindrance[] {
  const raw = rawProblem(state);
  const { start, engine } = state.draft;
  const queue = queueOf(start, useEntities.getState().queues);
  return [
    ...(raw === null ? [] : [{ place: 'raw', message: raw }]),
    ...Object.entries(state.unread).map(([place, message]) => ({ place, message })),
    ...Object.entries(state.problems).map(asHindrance),
    ...startProblems(start, queue, engine),
  ];
}

/** The ids of the folds that an input is in, outermost first. */
function foldsAround(groups: readonly InputGroup[], name: string): string[] {
  for (const group of groups) {
    if (group.fields.some((field) => field.name === name)) return [group.id];
    const inner = foldsAround(group.groups, name);
    if (inner.length > 0) return [group.id, ...inner];
  }
  return [];
}

/** Opens what hides a place. */
function reveal(store: LaunchStore, place: string): void {
  const state = store.getState();
  const { schema, open, view } = state;
  const name = place.startsWith('values.') ? place.slice('values.'.length) : null;
  const isInput = name !== null && schema?.fields.some((field) => field.name === name);
  if (place === 'raw' || isStart(place)) return;
  const ids = isInput ? foldsAround(sectionsOf(schema?.fields ?? []), name) : [SETTINGS];
  store.setState({
    open: { ...open, ...Object.fromEntries(ids.map((id) => [id, true])) },
    filter: '',
    drawn: Math.max(state.drawn, schema?.fields.length ?? 0),
    view: isInput || name === null ? 'form' : view,
  });
}

const CONTROLS = 'input, textarea, select, button[role], [tabindex]';

/** Shows a place and puts the focus there. */
export function goToPlace(store: LaunchStore, place: string): void {
  reveal(store, place);
  // A frame later it is drawn.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      const parts = [place, place.split('.').slice(0, 2).join('.'), place.split('.')[0]!];
      const found = parts
        .map((part) => document.querySelector<HTMLElement>(`[data-place="${CSS.escape(part)}"]`))
        .find((row) => row !== null);
      found?.scrollIntoView({ block: 'center' });
      found?.querySelector<HTMLElement>(CONTROLS)?.focus({ preventScroll: true });
    }),
  );
}

import type { View } from './launch-state.ts';
import type { LaunchStore } from './launch-store.ts';
import { call } from '../../bridge/client.ts';
import { notify } from '../../stores/ui.ts';

type Format = Exclude<View, 'form'>;

/** Shows the values as text, or again the text that was typed when it still stands for them. */
export async function showRaw(store: LaunchStore, format: Format): Promise<void> {
  const { raw, spec, view } = store.getState();
  const isOurs = raw !== null && raw.values === spec.values;
  if (isOurs && (raw.problem || raw.pending)) {
    store.setState({ view: format, raw: { ...raw, pending: true } });
    return readRaw(store);
  }
  if (isOurs && (view === format || view === 'form') && raw.format === format) {
    return store.setState({ view: format });
  }
  const answer = await call('writeDocument', { values: spec.values, format });
  if (!answer.ok) return notify('The values cannot be shown as text.', answer.error);
  const text = answer.value;
  store.setState({
    view: format,
    raw: { text, format, values: spec.values, problem: null, pending: false },
  });
}

export const typeRaw = (store: LaunchStore, text: string): void =>
  store.setState(({ raw }) => (raw ? { raw: { ...raw, text, pending: true } } : {}));

/** Reads what was typed: the values become those, or it is said where the text is wrong. */
export async function readRaw(store: LaunchStore): Promise<void> {
  const { raw, view } = store.getState();
  if (!raw?.pending) return;
  const format = view === 'form' ? raw.format : view;
  const answer = await call('checkDocument', { text: raw.text, format });
  // Typed on meanwhile: what is there now is read by whoever typed it.
  if (store.getState().raw?.text !== raw.text) return;
  if (!answer.ok) {
    const { code, message, next = null } = answer.error;
    const problem = { code, message, next, line: null, column: null };
    return store.setState({ raw: { ...raw, format, problem, pending: false } });
  }
  const { values, problem } = answer.value;
  store.setState(({ spec }) => ({
    raw: { ...raw, format, problem, pending: false, values: values ?? raw.values },
    ...(values && { spec: { ...spec, values } }),
  }));
}

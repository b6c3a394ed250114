import { useEffect } from 'react';
import type { FittedSpec } from '../../../shared/domain/fitted-spec.ts';
import type { LaunchSpec } from '../../../shared/domain/launch-spec.ts';
import { call } from '../../bridge/client.ts';
import { notify } from '../../stores/ui.ts';
import type { LaunchState } from './launch-state.ts';
import type { LaunchStore } from './launch-store.ts';
import { startedCommand } from './sub-command.ts';

/** What was typed, with what another version had no place for. */
function wholeSpec({ spec, dropped }: LaunchState): LaunchSpec {
  const lost = dropped.map(({ name, value }) => [name, value] as const);
  return { ...spec, values: { ...Object.fromEntries(lost), ...spec.values } };
}

const needsFit = ({ spec, dropped }: LaunchState): boolean =>
  Object.keys(spec.values).length + dropped.length > 0;

/** Fits what is in the form to a version; again when something was typed meanwhile. */
async function fitTo(store: LaunchStore, versionId: string): Promise<void> {
  for (;;) {
    const asked = store.getState();
    if (asked.fittedTo === versionId || !needsFit(asked)) break;
    const answer = await call('fitSpec', { versionId, spec: wholeSpec(asked) });
    if (!answer.ok) return notify('The values were not fitted to this version.', answer.error);
    if (store.getState().spec !== asked.spec) continue;
    putFit(store, answer.value);
    break;
  }
  store.setState({ fittedTo: versionId });
}

const putFit = (store: LaunchStore, { spec, dropped, notes }: FittedSpec): void =>
  store.setState({ spec, dropped, notes });

/** Keeps the form's inputs those of a version, and its values as far as that version takes them. */
export function useVersionInputs(
  store: LaunchStore,
  versionId: string | undefined,
  entryPoint: string,
): void {
  useEffect(() => {
    if (versionId === undefined) return undefined;
    let here = true;
    void call('versionInputs', { versionId }).then(async (answer) => {
      if (!here) return;
      if (!answer.ok) return store.setState({ schema: null, schemaError: answer.error });
      store.setState({ schema: answer.value, schemaError: null });
      store.setState((state) => ({
        command: startedCommand(state, state.draft.entryPoint ?? entryPoint),
      }));
      await fitTo(store, versionId);
    });
    return () => {
      here = false;
    };
  }, [store, versionId, entryPoint]);
}

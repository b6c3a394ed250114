import { useState } from 'react';
import type { Job, JobVersion } from '../../../shared/domain/job.ts';
import type { RewritePolicy } from '../../../shared/domain/run.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import { call } from '../../bridge/client.ts';
import { useOperation, type Operation } from '../../bridge/use-operation.ts';
import { useEntities } from '../../stores/entities.ts';
import { navigate, notify, openLaunch } from '../../stores/ui.ts';
import { isSweep } from '../sweeps/sweep-draft.ts';
import { dropDraft } from './drafts.ts';
import { goToPlace, hindrances } from './first-problem.ts';
import { launchInput } from './launch-draft.ts';
import { askedSpec } from './launch-spec-of.ts';
import type { LaunchStore } from './launch-store.ts';
import type { Planning } from './planning.ts';
import { placementOf, queueOf, rememberStart } from './when/start-draft.ts';
import { readRaw } from './raw-text.ts';

export interface Launching {
  operation: Operation;
  error: ErrorData | null;
  /** How what the engine cannot build was treated when it was last tried. */
  rewrite: RewritePolicy;
  launch(policy?: RewritePolicy): Promise<void>;
}

interface Parts {
  store: LaunchStore;
  job: Job | undefined;
  version: JobVersion | undefined;
  planning: () => Planning | null;
  /** Why a launch outside of this form did not start. */
  earlier: ErrorData | undefined;
}

/** The launch itself: nothing is started while something is wrong, which is shown instead. */
export function useLaunching({ store, job, version, planning, earlier }: Parts): Launching {
  const operation = useOperation();
  const [before, setBefore] = useState<ErrorData | null>(earlier ?? null);
  const [rewrite, setRewrite] = useState<RewritePolicy>('ask');

  const launch = async (policy: RewritePolicy = 'ask'): Promise<void> => {
    // A sweep is started by its footer, when its cells are known.
    if (!job || operation.running || isSweep(store.getState().sweep)) return;
    await readRaw(store);
    await planning()?.flush();
    const [first] = hindrances(store.getState());
    if (first) {
      store.setState({ asked: true });
      return goToPlace(store, first.place);
    }
    setBefore(null);
    setRewrite(policy);
    const state = store.getState();
    const { start } = state.draft;
    const queue = placementOf(start, queueOf(start, useEntities.getState().queues));
    const input = launchInput(job, state.draft, version, askedSpec(state), queue);
    const launched = await operation.run((operationId) =>
      call('launch', { ...input, rewrite: policy, operationId }),
    );
    if (!launched) return;
    rememberStart(start);
    dropDraft(job.id);
    openLaunch(null);
    const { run, identical, notes } = launched;
    if (identical) notify(`Nothing was started: ${run.name} was given the same and finished.`);
    // What the plan said was read before the press.
    const known = new Set(state.plan?.notes);
    for (const note of notes) if (!known.has(note)) notify(note);
    navigate({ page: 'run', runId: run.id, tab: 'log' });
  };
  return { operation, error: operation.error ?? before, rewrite, launch };
}

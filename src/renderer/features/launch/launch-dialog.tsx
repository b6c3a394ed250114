import { useEffect, useMemo, useRef, useState } from 'react';
import type { QueuePlacement } from '../../../shared/domain/queue.ts';
import type { EngineKind } from '../../../shared/domain/run.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import { useAnswer } from '../../bridge/use-answer.ts';
import { loadJob } from '../../bridge/sync.ts';
import { formatCommand } from '../../lib/command-line.ts';
import { useEntities } from '../../stores/entities.ts';
import { versionsOf } from '../../stores/selectors.ts';
import { openLaunch, type LaunchRequest } from '../../stores/ui.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { isSweep } from '../sweeps/sweep-draft.ts';
import { openForm, plainDraft } from './drafts.ts';
import { InputsPanel } from './inputs-panel.tsx';
import { LaunchBar } from './launch-bar.tsx';
import { LaunchContext, useLaunch, useLaunchStore } from './launch-context.ts';
import { LaunchFooter } from './launch-footer.tsx';
import { entryOverride } from './launch-draft.ts';
import { askedSpec, specOfCell } from './launch-spec-of.ts';
import { startOver, type LaunchStore } from './launch-store.ts';
import { PlanPane } from './plan-pane.tsx';
import { startPlanning, type Planning } from './planning.ts';
import { RawView } from './raw-view.tsx';
import { RunSettings } from './settings/run-settings.tsx';
import { useLaunchKey } from './use-launch-key.ts';
import { useLaunching } from './use-launching.ts';
import { useLeaving } from './use-leaving.ts';
import { useVersionInputs } from './use-version-inputs.ts';
import { placementOf, queueOf, startProblems, type StartDraft } from './when/start-draft.ts';
import { WhenItStarts } from './when/when-it-starts.tsx';
import { ValuesNote } from './values-note.tsx';
import styles from './launch.module.css';

/** Runs of the job to start from; the newest is what the launch is compared with. */
const RUNS = 30;
const NO_FIELDS: readonly never[] = [];

/** How the launch is put into a queue, for the plan; undefined while that cannot be. */
function planned(start: StartDraft, engine: EngineKind | null): QueuePlacement | undefined {
  const queue = queueOf(start, useEntities.getState().queues);
  return startProblems(start, queue, engine).length > 0 ? undefined : placementOf(start, queue);
}

function Form({ request }: { request: LaunchRequest }) {
  const { jobId } = request;
  const store = useLaunchStore();
  const job = useEntities((all) => all.jobs[jobId]);
  const all = useEntities((entities) => entities.versions);
  const versions = useMemo(() => versionsOf(all, jobId), [all, jobId]);
  const [loadError, setLoadError] = useState<ErrorData | null>(null);
  const { value: runs } = useAnswer('listRuns', { jobId, limit: RUNS });
  const code = useLaunch(({ draft }) => draft.code);
  const view = useLaunch((state) => state.view);
  const fields = useLaunch(({ schema }) => schema?.fields ?? NO_FIELDS);
  const version = versions.find(({ id }) => id === code) ?? versions[0];
  const planning = useRef<Planning | null>(null);

  // A job whose page is open is known already: another answer would draw that page again.
  const isKnown = job !== undefined && versions.length > job.latestVersion;
  useEffect(() => {
    if (!isKnown) void loadJob(jobId).then(setLoadError);
  }, [jobId, isKnown]);
  const entryPoint = version ? formatCommand(version.entryPoint) : '';
  useVersionInputs(store, version?.id, entryPoint);
  useEffect(() => {
    if (!version) return undefined;
    const started = startPlanning(store, () => {
      const state = store.getState();
      const spec = askedSpec(state);
      const asked = entryOverride(state.draft, version);
      const { engine, start } = state.draft;
      const queue = planned(start, engine);
      return {
        versionId: version.id,
        spec: isSweep(state.sweep) ? specOfCell(spec, state.firstCell?.values ?? {}) : spec,
        ...(asked !== null && { entryPoint: asked }),
        ...(engine && { engine }),
        ...(queue && { queue }),
      };
    });
    planning.current = started;
    return started.stop;
  }, [store, version]);
  const launching = useLaunching({
    store,
    job,
    version,
    planning: () => planning.current,
    earlier: request.error,
  });
  useLaunchKey(() => void launching.launch());
  useLeaving(() => void planning.current?.flush());
  if (!job) return null;

  return (
    <Dialog
      look="sheet"
      title={`Launch ${job.name}`}
      onClose={() => openLaunch(null)}
      footer={
        <LaunchFooter job={job} version={version} launching={launching} loadError={loadError} />
      }
    >
      <div className={styles.sheet}>
        <form
          aria-label="Launch"
          className={styles.form}
          onSubmit={(event) => event.preventDefault()}
        >
          <LaunchBar job={job} versions={versions} version={version} runs={runs ?? []} />
          <ValuesNote onClear={() => startOver(store, plainDraft(jobId))} />
          {view === 'form' ? <InputsPanel entryPoint={entryPoint} /> : <RawView />}
          <WhenItStarts />
          <RunSettings version={version} />
        </form>
        <aside aria-label="What will happen" className={styles.plan}>
          <PlanPane version={version} fields={fields} lastRun={runs?.[0]} />
        </aside>
      </div>
    </Dialog>
  );
}

/** Everything that decides a run, and all that it will do, before it starts. */
export default function LaunchDialog({ request }: { request: LaunchRequest }) {
  const [store] = useState<LaunchStore>(() => openForm(request));
  return (
    <LaunchContext value={store}>
      <Form request={request} />
    </LaunchContext>
  );
}

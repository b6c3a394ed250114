import { Play } from 'lucide-react';
import type { Job, JobVersion } from '../../../shared/domain/job.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import { shortcutText } from '../../commands/keys.ts';
import { plural } from '../../lib/format.ts';
import { useEntities } from '../../stores/entities.ts';
import { navigate, openLaunch } from '../../stores/ui.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Progress } from '../../ui/progress.tsx';
import { isSweep } from '../sweeps/sweep-draft.ts';
import { SweepFooter } from '../sweeps/sweep-footer.tsx';
import { CommandPreview } from './command-preview.tsx';
import { dropDraft } from './drafts.ts';
import { goToPlace, hindrances } from './first-problem.ts';
import { freshSource } from './fresh-source.ts';
import { entryOverride, FRESH } from './launch-draft.ts';
import { askedSpec } from './launch-spec-of.ts';
import { useLaunch, useLaunchStore } from './launch-context.ts';
import { setFirstCell } from './launch-store.ts';
import { placementOf, queueOf, rememberStart, startProblems } from './when/start-draft.ts';
import { PreflightNote } from './preflight-note.tsx';
import type { Launching } from './use-launching.ts';
import styles from './launch.module.css';

interface Props {
  job: Job;
  version: JobVersion | undefined;
  launching: Launching;
  loadError: ErrorData | null;
}

function LaunchError({ error, onRewrite }: { error: ErrorData; onRewrite?: () => void }) {
  if (error.code === 'E_PREFLIGHT') return <PreflightNote error={error} onRewrite={onRewrite} />;
  return <ErrorNote error={error} />;
}

/** What keeps the launch from starting, the first of it in words; a press leads there. */
function Hindered() {
  const store = useLaunchStore();
  const asked = useLaunch((state) => state.asked);
  const count = useLaunch((state) => hindrances(state).length);
  const first = useLaunch((state) => hindrances(state)[0]?.message ?? '');
  const place = useLaunch((state) => hindrances(state)[0]?.place ?? '');
  if (!asked || count === 0) return null;
  return (
    <p role="status">
      <button type="button" className={styles.hindered} onClick={() => goToPlace(store, place)}>
        {count > 1 && `${plural(count, 'thing')} to mend. `}
        {first}
      </button>
    </p>
  );
}

function Sweep({ job, version }: { job: Job; version: JobVersion }) {
  const store = useLaunchStore();
  const state = useLaunch((all) => all);
  const { draft, sweep, schema } = state;
  const queue = useEntities(({ queues }) => queueOf(draft.start, queues));
  const entryPoint = entryOverride(draft, version);
  const fresh = draft.code === FRESH ? freshSource(job, version) : null;
  return (
    <SweepFooter
      launch={{
        versionId: version.id,
        spec: askedSpec(state),
        ...(entryPoint !== null && { entryPoint }),
        ...(draft.engine && { engine: draft.engine }),
      }}
      queue={placementOf(draft.start, queue)}
      hindered={startProblems(draft.start, queue, draft.engine)[0]?.message ?? null}
      versionNumber={fresh ? null : version.number}
      doing={fresh ? fresh.doing : 'Starting the sweep'}
      fields={schema?.fields ?? []}
      draft={sweep}
      onChange={(next) => store.setState({ sweep: next })}
      onFirst={(first) => setFirstCell(store, first)}
      onStarted={({ id }) => {
        rememberStart(draft.start);
        dropDraft(job.id);
        openLaunch(null);
        navigate({ page: 'sweep', sweepId: id });
      }}
    />
  );
}

/** The command, and the press that starts it. */
export function LaunchFooter({ job, version, launching, loadError }: Props) {
  const code = useLaunch(({ draft }) => draft.code);
  const sweeps = useLaunch(({ sweep }) => isSweep(sweep));
  const queued = useLaunch(({ draft }) => draft.start.queued);
  const { operation, rewrite, launch } = launching;
  const error = launching.error ?? loadError;
  if (operation.running) {
    const doing = code === FRESH ? freshSource(job, version)?.doing : null;
    return (
      <Progress
        label={doing ?? 'Launching'}
        progress={operation.progress}
        onCancel={operation.cancel}
      />
    );
  }
  if (sweeps && version) {
    return (
      <>
        <CommandPreview sweeps job={job} version={version} />
        <Sweep job={job} version={version} />
      </>
    );
  }
  return (
    <>
      {error && (
        <LaunchError
          error={error}
          {...(rewrite === 'ask' && { onRewrite: () => void launch('auto') })}
        />
      )}
      <div className={styles.foot}>
        <CommandPreview job={job} version={version} />
        <div className={styles.press}>
          <Button
            look="primary"
            className={styles.launch}
            icon={<Play />}
            title={`${queued ? 'Add to queue' : 'Launch'} (${shortcutText('Mod+Enter')})`}
            onClick={() => void launch()}
          >
            {queued ? 'Add to queue' : 'Launch'}
          </Button>
          <Hindered />
        </div>
      </div>
    </>
  );
}

import { Play } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { ErrorData } from '../../../shared/errors.ts';
import type { RewritePolicy } from '../../../shared/domain/run.ts';
import { call } from '../../bridge/client.ts';
import { loadJob } from '../../bridge/sync.ts';
import { useOperation } from '../../bridge/use-operation.ts';
import { useEntities } from '../../stores/entities.ts';
import { versionsOf } from '../../stores/selectors.ts';
import { navigate, notify, openLaunch, type LaunchRequest } from '../../stores/ui.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Progress } from '../../ui/progress.tsx';
import { CommandPreview } from './command-preview.tsx';
import { LaunchForm } from './launch-form.tsx';
import styles from './launch.module.css';
import { freshSource } from './fresh-source.ts';
import { PreflightNote } from './preflight-note.tsx';
import { FRESH, launchInput, type LaunchDraft } from './launch-draft.ts';

const isEntryError = (error: ErrorData | null): boolean =>
  error?.code.startsWith('E_ENTRYPOINT') ?? false;

function LaunchError({
  error,
  onRewrite,
}: {
  error: ErrorData;
  onRewrite?: (() => void) | undefined;
}) {
  if (error.code === 'E_PREFLIGHT') return <PreflightNote error={error} onRewrite={onRewrite} />;
  return <ErrorNote error={error} />;
}

/** Everything that decides a run, and the command it comes to, before it starts. */
export default function LaunchDialog({ request }: { request: LaunchRequest }) {
  const job = useEntities((all) => all.jobs[request.jobId]);
  const all = useEntities((entities) => entities.versions);
  const versions = useMemo(() => versionsOf(all, request.jobId), [all, request.jobId]);
  const [loadError, setLoadError] = useState<ErrorData | null>(null);
  // Why a launch outside of this form did not start, until it is tried here.
  const [earlier, setEarlier] = useState<ErrorData | null>(request.error ?? null);
  const [rewrite, setRewrite] = useState<RewritePolicy>('ask');
  const operation = useOperation();
  const [draft, setDraft] = useState<LaunchDraft>({
    code: request.versionId ?? (job?.folder ? FRESH : ''),
    entryPoint: null,
    engine: null,
    name: '',
  });
  useEffect(() => void loadJob(request.jobId).then(setLoadError), [request.jobId]);
  if (!job) return null;

  const close = (): void => openLaunch(null);
  const version = versions.find(({ id }) => id === draft.code) ?? versions[0];
  const launch = async (policy: RewritePolicy = 'ask'): Promise<void> => {
    setEarlier(null);
    setRewrite(policy);
    const launched = await operation.run((operationId) =>
      call('launch', { ...launchInput(job, draft, version), rewrite: policy, operationId }),
    );
    if (!launched) return;
    close();
    for (const note of launched.notes) notify(note);
    navigate({ page: 'run', runId: launched.run.id, tab: 'log' });
  };
  const change = (part: Partial<LaunchDraft>): void => setDraft((have) => ({ ...have, ...part }));
  const error = operation.error ?? earlier ?? loadError;
  return (
    <Dialog
      title={`Launch ${job.name}`}
      onClose={close}
      footer={
        <>
          {error && !isEntryError(error) && !operation.running && (
            <LaunchError
              error={error}
              onRewrite={rewrite === 'ask' ? () => void launch('auto') : undefined}
            />
          )}
          {operation.running ? (
            <Progress
              label={(draft.code === FRESH && freshSource(job, versions[0])?.doing) || 'Launching'}
              progress={operation.progress}
              onCancel={operation.cancel}
            />
          ) : (
            <>
              <CommandPreview job={job} version={version} draft={draft} />
              <Button
                look="primary"
                className={styles.launch}
                icon={<Play />}
                disabled={!version}
                onClick={() => void launch()}
              >
                Launch
              </Button>
            </>
          )}
        </>
      }
    >
      <LaunchForm
        job={job}
        versions={versions}
        version={version}
        draft={draft}
        entryError={isEntryError(error) ? error : null}
        onChange={change}
        onSubmit={() => void launch()}
      />
    </Dialog>
  );
}

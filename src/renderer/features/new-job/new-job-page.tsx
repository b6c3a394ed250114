import { useState } from 'react';
import { call } from '../../bridge/client.ts';
import { useOperation } from '../../bridge/use-operation.ts';
import { formatCommand } from '../../lib/command-line.ts';
import { baseName } from '../../lib/format.ts';
import { useEntities } from '../../stores/entities.ts';
import { currentProject } from '../../stores/selectors.ts';
import { nextFolderOr, notify, useUi } from '../../stores/ui.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Progress } from '../../ui/progress.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { Toolbar } from '../frame/toolbar.tsx';
import page from '../frame/page.module.css';
import { checkNames, noErrors, placeError } from './field-errors.ts';
import { JobForm, type JobDraft } from './job-form.tsx';
import { PreviewPanel } from './preview-panel.tsx';
import { usePreview } from './use-preview.ts';
import styles from './new-job.module.css';

const HOME = { page: 'jobs' } as const;

/** Looks into a folder and makes a job of it. Nothing is stored before "Create". */
export default function NewJobPage({ folder }: { folder: string }) {
  const { projects } = useEntities();
  const project =
    currentProject(
      projects,
      useUi((ui) => ui.projectId),
    )?.name ?? 'default';
  const waiting = useUi((ui) => ui.waitingFolders.length);
  const { preview, operation: reading, includeSecrets, toggleSecret, again } = usePreview(folder);
  const creating = useOperation();
  // Undefined: not touched, so what the preview suggests holds.
  const [typed, setTyped] = useState<Partial<JobDraft>>({});
  const [errors, setErrors] = useState(noErrors);
  const best = preview?.entryPoints[0];
  const draft: JobDraft = {
    name: typed.name ?? preview?.suggestedName ?? '',
    project: typed.project ?? project,
    entryPoint: typed.entryPoint ?? (best ? formatCommand(best.words) : ''),
  };

  const create = async (thenLaunch: boolean): Promise<void> => {
    const refused = checkNames(draft.name, draft.project);
    setErrors(refused);
    if (refused.name || refused.project) return;
    const made = await creating.run(async (operationId) => {
      const result = await call('createJobFromFolder', {
        folder,
        operationId,
        includeSecrets: [...includeSecrets],
        ...draft,
      });
      if (!result.ok) setErrors(placeError(result.error));
      return result;
    });
    if (!made) return;
    const { job, version, created } = made;
    useUi.setState({ projectId: job.projectId });
    if (!created) notify(`Nothing changed: ${job.name} v${version.number} holds the same already.`);
    const jobPage = { page: 'job', jobId: job.id, tab: 'runs' } as const;
    if (!thenLaunch) return nextFolderOr(jobPage);
    const launched = await creating.run((operationId) =>
      call('launch', { jobId: job.id, versionId: version.id, operationId }),
    );
    nextFolderOr(launched ? { page: 'run', runId: launched.run.id, tab: 'log' } : jobPage);
  };

  const busy = creating.running || preview === null || preview.files === 0;
  const name = `New job from ${baseName(folder)}/`;
  return (
    <>
      <Toolbar
        title={name}
        parent={{ title: 'Jobs', route: HOME }}
        meta={waiting > 0 && `${waiting} more waiting`}
        actions={
          <>
            <Button look="quiet" onClick={() => nextFolderOr(HOME)} disabled={creating.running}>
              {waiting > 0 ? 'Skip' : 'Cancel'}
            </Button>
            <Button disabled={busy} onClick={() => void create(false)}>
              Create job
            </Button>
            <Button look="primary" disabled={busy} onClick={() => void create(true)}>
              Create and launch
            </Button>
          </>
        }
      />
      {(creating.running || (reading.running && !preview)) && (
        <div className={styles.progress}>
          <Progress
            label={creating.running ? 'Freezing the folder' : `Looking through ${folder}`}
            progress={creating.running ? creating.progress : reading.progress}
            onCancel={() => {
              if (creating.running) creating.cancel();
              else {
                reading.cancel();
                nextFolderOr(HOME);
              }
            }}
          />
        </div>
      )}
      {(errors.form ?? reading.error) && (
        <div className={page.note}>
          <ErrorNote
            error={(errors.form ?? reading.error)!}
            action={<Button onClick={again}>Read the folder again</Button>}
          />
        </div>
      )}
      {!preview && reading.running && <SkeletonRows label="Reading the folder" rows={8} />}
      {preview && (
        <div className={styles.columns}>
          <PreviewPanel
            preview={preview}
            stale={reading.running}
            includeSecrets={includeSecrets}
            onToggleSecret={toggleSecret}
          />
          <JobForm
            draft={draft}
            preview={preview}
            errors={errors}
            disabled={creating.running}
            onChange={(change) => {
              setTyped((have) => ({ ...have, ...change }));
              setErrors(noErrors);
            }}
            onSubmit={() => !busy && void create(false)}
          />
        </div>
      )}
    </>
  );
}

import { GitBranch, Radar } from 'lucide-react';
import { useCallback, useEffect } from 'react';
import type { JobFolder } from '../../../shared/domain/detection.ts';
import { formatCommand } from '../../lib/command-line.ts';
import { plural } from '../../lib/format.ts';
import { nextFolderOr } from '../../stores/ui.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Progress } from '../../ui/progress.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import page from '../frame/page.module.css';
import { entryChoices } from './entry-choices.tsx';
import { FORM_FIELDS } from './field-errors.ts';
import { FolderPanel } from './folder-panel.tsx';
import { folderDraft, JobFolders } from './job-folders.tsx';
import type { JobDraft } from './job-draft.ts';
import { JobForm } from './job-form.tsx';
import { CreateActions } from './toolbar-actions.tsx';
import { useCreateJob } from './use-create-job.ts';
import { useDerivedName } from './use-derived-name.ts';
import { useDraft } from './use-draft.ts';
import { useInspection } from './use-inspection.ts';
import { usePreview } from './use-preview.ts';
import styles from './new-job.module.css';

interface Props {
  folder: string;
  /** Tracked runs that it holds beside the code, as far as that is known. */
  runs: number;
  suggested: Partial<JobDraft>;
  onRuns: () => void;
  /** The folder is a clone, and a job is wanted from its commit. */
  onClone: () => void;
}

/** Looks into a folder and makes a job of it. Nothing is stored before "Create". */
export function FolderSource({ folder, runs, suggested, onRuns, onClone }: Props) {
  const { preview, operation: reading, includeSecrets, toggleSecret, again } = usePreview(folder);
  const inspecting = useInspection('folder');
  const { look } = inspecting;
  const creating = useCreateJob(FORM_FIELDS.folder);
  const entryPoints = inspecting.inspection?.detection.entryPoints ?? preview?.entryPoints ?? [];
  const { draft, change } = useDraft('folder', {
    name: preview?.suggestedName ?? '',
    entryPoint: entryPoints[0] ? formatCommand(entryPoints[0].words) : '',
    ...suggested,
  });
  const source = { kind: 'folder' as const, folder, includeSecrets: [...includeSecrets] };
  const derivedName = useDerivedName(source, draft.entryPoint);

  const inspect = useCallback(
    (more: { context?: string; entryPoint?: string }) =>
      void look({
        source: { kind: 'folder', folder, includeSecrets: [...includeSecrets] },
        ...more,
      }),
    [look, folder, includeSecrets],
  );
  // Once the preview is there: both read the folder, and the preview is what is waited for.
  useEffect(() => {
    if (preview && preview.files > 0) inspect({});
  }, [preview, inspect]);

  const edit = (part: Partial<typeof draft>): void => {
    change(part);
    creating.clearErrors();
  };
  const chooseFolder = (job: JobFolder | undefined): void => {
    const part = folderDraft(job);
    edit(part);
    inspect({ ...(part.context && { context: part.context }) });
  };
  const create = (thenLaunch: boolean): void => void creating.create(draft, source, thenLaunch);
  const busy = creating.operation.running;
  const disabled = preview?.files === 0 || (preview === null && draft.entryPoint === '');
  const error = creating.errors.form ?? reading.error;
  return (
    <>
      <CreateActions disabled={disabled} creating={busy} onCreate={create} />
      {(busy || (reading.running && !preview)) && (
        <div className={styles.progress}>
          <Progress
            label={busy ? 'Freezing the folder' : `Looking through ${folder}`}
            progress={busy ? creating.operation.progress : reading.progress}
            onCancel={() => {
              if (busy) return creating.operation.cancel();
              reading.cancel();
              nextFolderOr({ page: 'jobs' });
            }}
          />
        </div>
      )}
      {error && (
        <div className={page.note}>
          <ErrorNote
            error={error}
            action={<Button onClick={again}>Read the folder again</Button>}
          />
        </div>
      )}
      <div className={styles.columns}>
        {preview ? (
          <FolderPanel
            preview={preview}
            stale={reading.running}
            includeSecrets={includeSecrets}
            onToggleSecret={toggleSecret}
            inspecting={inspecting}
          />
        ) : (
          <div>{reading.running && <SkeletonRows label="Reading the folder" rows={8} />}</div>
        )}
        <JobForm
          draft={draft}
          derivedName={derivedName}
          entry={{
            candidates: entryChoices(entryPoints),
            placeholder: 'python main.py',
            hint:
              preview && entryPoints.length === 0
                ? 'Nothing in the folder tells how it starts: write the command'
                : 'The command that starts the code, inside the folder',
            onPick: (entryPoint) =>
              inspect({ entryPoint, ...(draft.context && { context: draft.context }) }),
          }}
          errors={creating.errors}
          disabled={busy}
          built
          lead={
            <>
              {preview?.leftOut.some(({ path }) => path === '.git') && (
                <p className={styles.clone}>
                  <GitBranch size={14} aria-hidden="true" />
                  <span>This is a git clone</span>
                  <Button look="quiet" onClick={onClone}>
                    Use its commit
                  </Button>
                </p>
              )}
              {runs > 0 && (
                <p className={styles.clone}>
                  <Radar size={14} aria-hidden="true" />
                  <span>It also holds {plural(runs, 'tracked run')}</span>
                  <Button look="quiet" onClick={onRuns}>
                    Import them
                  </Button>
                </p>
              )}
              <JobFolders jobs={inspecting.jobs} context={draft.context} onChoose={chooseFolder} />
            </>
          }
          onChange={edit}
          onSubmit={() => !disabled && !busy && create(false)}
        />
      </div>
    </>
  );
}

import { useState } from 'react';
import type { JobFolder } from '../../../shared/domain/detection.ts';
import { formatCommand } from '../../lib/command-line.ts';
import { gitHost } from '../../lib/host-of.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Progress } from '../../ui/progress.tsx';
import { AuthNote } from '../logins/auth-note.tsx';
import { entryChoices } from './entry-choices.tsx';
import { FORM_FIELDS, placeError } from './field-errors.ts';
import { gitInput, type GitAddress } from './git-address.ts';
import { GitPanel } from './git-panel.tsx';
import { folderDraft, JobFolders } from './job-folders.tsx';
import type { JobDraft } from './job-draft.ts';
import { JobForm } from './job-form.tsx';
import { useKept } from './kept.tsx';
import { CreateActions } from './toolbar-actions.tsx';
import { useCreateJob } from './use-create-job.ts';
import { useDerivedName } from './use-derived-name.ts';
import { useDraft } from './use-draft.ts';
import { useInspection } from './use-inspection.ts';
import styles from './new-job.module.css';

const wantsLogin = (address: string): boolean => !/^ssh:|^[^/:]+@[^/]+:/.test(address.trim());

interface Props {
  /** What the address is before another is typed. */
  first: GitAddress;
  suggested: Partial<JobDraft>;
}

/** A repository at a commit. Looking at it first is offered, not asked for. */
export function GitSource({ first, suggested }: Props) {
  const [from, setFrom] = useKept<GitAddress>(`git address ${first.address}`, first);
  const inspecting = useInspection('git');
  const { inspection } = inspecting;
  const creating = useCreateJob(FORM_FIELDS.git);
  const found = inspection?.detection;
  const best = found?.entryPoints[0];
  const { draft, change, drop } = useDraft('git', {
    ...suggested,
    context: inspection?.context ?? '',
    entryPoint: best ? formatCommand(best.words) : '',
  });
  const [launching, setLaunching] = useState(false);
  const derivedName = useDerivedName(gitInput(from), draft.entryPoint);

  const move = (next: GitAddress): void => {
    setFrom(next);
    creating.clearErrors();
    inspecting.forget();
    // They were found in another repository, or at another commit.
    drop(['context', 'dockerfile']);
  };
  const look = (more: { context?: string; entryPoint?: string } = {}): void => {
    creating.clearErrors();
    void inspecting.look({
      source: gitInput(from),
      ...(draft.context && { context: draft.context }),
      ...more,
    });
  };
  const chooseFolder = (job: JobFolder | undefined): void => {
    const part = folderDraft(job);
    change(part);
    look({ context: part.context ?? '' });
  };
  const create = (thenLaunch: boolean): void => {
    setLaunching(thenLaunch);
    void creating.create(draft, gitInput(from), thenLaunch);
  };

  const failed = inspecting.operation.error;
  const errors = { ...(failed && placeError(failed, FORM_FIELDS.git)), ...creating.errors };
  const busy = creating.operation.running;
  const disabled = from.address.trim() === '';
  const refused = errors.form?.code === 'E_GIT_AUTH' && wantsLogin(from.address);
  const tryAgain = (): void => (creating.errors.form ? create(launching) : look());
  const note = errors.form && (
    <div className={styles.panelNote}>
      {refused ? (
        <AuthNote
          kind="git"
          host={gitHost(from.address) ?? ''}
          error={errors.form}
          onSaved={tryAgain}
        />
      ) : (
        <ErrorNote error={errors.form} detailOpen={errors.form.code === 'E_GIT_AUTH'} />
      )}
    </div>
  );
  return (
    <>
      <CreateActions disabled={disabled} creating={busy} onCreate={create} />
      {busy && (
        <div className={styles.progress}>
          <Progress
            label="Fetching the repository"
            progress={creating.operation.progress}
            onCancel={creating.operation.cancel}
          />
        </div>
      )}
      <div className={styles.columns}>
        <GitPanel
          from={from}
          errors={errors}
          inspecting={inspecting}
          disabled={busy}
          note={note}
          onMove={move}
          onLook={() => look()}
        />
        <JobForm
          draft={draft}
          derivedName={derivedName}
          entry={{
            candidates: entryChoices(found?.entryPoints ?? []),
            placeholder: 'python main.py',
            hint:
              found && found.entryPoints.length === 0
                ? 'Nothing in the repository tells how it starts: write the command'
                : 'The command that starts the code, inside the build context',
            onPick: (entryPoint) => look({ entryPoint }),
          }}
          errors={errors}
          disabled={busy}
          built
          lead={
            <JobFolders jobs={inspecting.jobs} context={draft.context} onChoose={chooseFolder} />
          }
          onChange={(part) => {
            change(part);
            creating.clearErrors();
          }}
          onSubmit={() => !disabled && !busy && create(false)}
        />
      </div>
    </>
  );
}

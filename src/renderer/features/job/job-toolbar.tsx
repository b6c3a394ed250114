import { Ellipsis, Pencil, Play } from 'lucide-react';
import type { Job } from '../../../shared/domain/job.ts';
import { call } from '../../bridge/client.ts';
import { COMMANDS } from '../../commands/registry.ts';
import { endEditing, useIsEdited } from '../../stores/run-editing.ts';
import { CommandButton } from '../../ui/button.tsx';
import { CommandMenu } from '../../ui/command-menu.tsx';
import { RenameField } from '../../ui/rename-field.tsx';
import { Toolbar } from '../frame/toolbar.tsx';
import styles from './job.module.css';

/** What the page of a job belongs to. */
export const JOBS = { title: 'Jobs', route: { page: 'jobs' } as const };

const MENU = [[COMMANDS.launch, COMMANDS.renameJob], [COMMANDS.binJob]] as const;

function NameField({ job }: { job: Job }) {
  return (
    <RenameField
      label="Name of the job"
      name={job.name}
      maxLength={128}
      save={async (name) => {
        const result = await call('renameJob', { jobId: job.id, name });
        return result.ok ? null : result.error;
      }}
      onEnd={endEditing}
    />
  );
}

/** The name of the job, and what can be done to it. */
export function JobToolbar({ job }: { job: Job }) {
  const renaming = useIsEdited(job.id, 'name');
  return (
    <Toolbar
      title={job.name}
      titleEditor={renaming && <NameField job={job} />}
      parent={JOBS}
      meta={
        <span className={styles.titleMeta}>
          v{job.latestVersion}
          <CommandButton command={COMMANDS.renameJob} look="quiet" icon={<Pencil />} />
        </span>
      }
      actions={
        <>
          <CommandMenu label="More actions" icon={<Ellipsis />} groups={MENU} />
          <CommandButton command={COMMANDS.launch} look="primary" icon={<Play />}>
            Launch…
          </CommandButton>
        </>
      }
    />
  );
}

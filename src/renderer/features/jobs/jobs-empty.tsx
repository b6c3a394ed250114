import { Box, FolderInput, FolderOpen, Play } from 'lucide-react';
import { COMMANDS } from '../../commands/registry.ts';
import { CommandButton } from '../../ui/button.tsx';
import styles from './jobs.module.css';

const OTHERS = [
  { command: COMMANDS.newGitJob, title: 'a git repository' },
  { command: COMMANDS.newImageJob, title: 'an image' },
  { command: COMMANDS.importRuns, title: 'tracked runs' },
  { command: COMMANDS.importJob, title: 'a job file' },
];

/** A project without jobs: what a job is, and the first step. */
export function JobsEmpty() {
  return (
    <div className={styles.empty}>
      <div className={styles.drop}>
        <FolderInput size={40} strokeWidth={1.25} aria-hidden="true" className={styles.art} />
        <h2>Drop a folder anywhere to make a job here</h2>
        <p>
          A job is a frozen copy of a folder’s code. It runs the same way next month, whatever
          happens to the folder.
        </p>
        <CommandButton command={COMMANDS.newJob} look="primary" icon={<FolderOpen />}>
          Choose a folder…
        </CommandButton>
        <p className={styles.others}>
          or from
          {OTHERS.map(({ command, title }) => (
            <CommandButton key={title} command={command} look="quiet" className={styles.other}>
              {title}
            </CommandButton>
          ))}
        </p>
        <ol className={styles.steps}>
          <li>
            <FolderOpen size={14} aria-hidden="true" /> See what goes in
          </li>
          <li>
            <Box size={14} aria-hidden="true" /> Freeze it as v0
          </li>
          <li>
            <Play size={14} aria-hidden="true" /> Launch
          </li>
        </ol>
      </div>
    </div>
  );
}

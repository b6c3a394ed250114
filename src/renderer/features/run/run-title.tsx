import { Pencil, Star, Tag } from 'lucide-react';
import type { Run } from '../../../shared/domain/run.ts';
import { markRuns, toggleStars } from '../../commands/mark-actions.ts';
import { COMMANDS } from '../../commands/registry.ts';
import { endEditing } from '../../stores/run-editing.ts';
import { CommandButton, IconButton } from '../../ui/button.tsx';
import { RenameField } from '../../ui/rename-field.tsx';
import styles from './marks.module.css';

/** The name of a run while it is edited. */
export function RunNameField({ run }: { run: Run }) {
  return (
    <RenameField
      label="Name of the run"
      name={run.name}
      maxLength={200}
      save={(name) => markRuns([run], { name })}
      onEnd={endEditing}
    />
  );
}

/** What is noted about a run with one click, beside its name. */
export function TitleActions({ run }: { run: Run }) {
  const words = run.starred ? `Remove the star of ${run.name}` : `Star ${run.name}`;
  return (
    <span className={styles.titleActions}>
      <IconButton
        label={words}
        aria-pressed={run.starred}
        {...(run.starred && { className: styles.starred })}
        icon={<Star fill={run.starred ? 'currentColor' : 'none'} />}
        onClick={() => void toggleStars([run])}
      />
      <span className={styles.roomy}>
        <CommandButton command={COMMANDS.renameRun} look="quiet" icon={<Pencil />} />
        <CommandButton command={COMMANDS.tagRun} look="quiet" icon={<Tag />} />
      </span>
    </span>
  );
}

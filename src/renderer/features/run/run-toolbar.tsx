import { Ellipsis, RotateCcw, SlidersHorizontal, Square } from 'lucide-react';
import type { Run } from '../../../shared/domain/run.ts';
import { COMMANDS } from '../../commands/registry.ts';
import { useIsEdited } from '../../stores/run-editing.ts';
import { isActive } from '../../stores/run-states.ts';
import { CommandButton } from '../../ui/button.tsx';
import { CommandMenu } from '../../ui/command-menu.tsx';
import { Toolbar } from '../frame/toolbar.tsx';
import styles from './marks.module.css';
import { RunNameField, TitleActions } from './run-title.tsx';

/** What the page of a run belongs to. */
export const RUNS = { title: 'Runs', route: { page: 'runs' } as const };

/** Everything that can be done to a run, but what has a button beside the menu. */
const MENU = [
  [COMMANDS.stopRun, COMMANDS.launchAgain, COMMANDS.launchChanged, COMMANDS.compareWith],
  [COMMANDS.startNotBefore, COMMANDS.moveToQueue, COMMANDS.removeWaiting],
  [COMMANDS.starRun, COMMANDS.renameRun, COMMANDS.tagRun, COMMANDS.noteRun],
  [COMMANDS.openOutputs, COMMANDS.copyRunId, COMMANDS.copyRunLink],
  [COMMANDS.binRun, COMMANDS.restoreRun],
] as const;

function Primary({ run }: { run: Run }) {
  if (isActive(run)) {
    return (
      <CommandButton
        command={COMMANDS.stopRun}
        look="primary"
        icon={<Square fill="currentColor" />}
        disabled={run.state === 'stopping'}
      >
        {run.state === 'stopping' ? 'Stopping…' : 'Stop'}
      </CommandButton>
    );
  }
  return (
    <>
      <CommandButton
        command={COMMANDS.launchChanged}
        disabled={run.binnedAt !== null}
        {...(styles.roomy && { className: styles.roomy })}
        icon={<SlidersHorizontal />}
      >
        Launch with changes…
      </CommandButton>
      <CommandButton
        command={COMMANDS.launchAgain}
        look="primary"
        icon={<RotateCcw />}
        disabled={run.binnedAt !== null}
      >
        Launch again
      </CommandButton>
    </>
  );
}

/** The name of the run, and what can be done to it. */
export function RunToolbar({ run }: { run: Run }) {
  const renaming = useIsEdited(run.id, 'name');
  return (
    <Toolbar
      title={run.name}
      titleEditor={renaming && <RunNameField run={run} />}
      parent={RUNS}
      meta={<TitleActions run={run} />}
      actions={
        <>
          <CommandMenu label="More actions" icon={<Ellipsis />} groups={MENU} />
          <Primary run={run} />
        </>
      }
    />
  );
}

import { FolderInput, FolderOpen } from 'lucide-react';
import { COMMANDS } from '../../commands/registry.ts';
import { navigate } from '../../stores/ui.ts';
import { Button, CommandButton } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ToolbarActions } from './toolbar-actions.tsx';

/** The folder tab before there is a folder. */
export function ChooseFolder() {
  return (
    <>
      <ToolbarActions>
        <Button look="quiet" onClick={() => navigate({ page: 'jobs' })}>
          Cancel
        </Button>
      </ToolbarActions>
      <Empty
        icon={<FolderInput size={40} strokeWidth={1.25} aria-hidden="true" />}
        title="Drop a folder here"
        action={
          <CommandButton command={COMMANDS.newJob} look="primary" icon={<FolderOpen />}>
            Choose a folder…
          </CommandButton>
        }
      >
        You see what goes in before anything is stored.
      </Empty>
    </>
  );
}

import type { RefObject } from 'react';
import { Menu, MenuItem, Popover } from 'react-aria-components';
import { shortcutText } from '../../commands/keys.ts';
import { type Command } from '../../commands/command.ts';
import { COMMANDS } from '../../commands/registry.ts';
import menu from '../../ui/menu.module.css';

const ENTRIES: Record<string, Command> = {
  newJob: COMMANDS.newJob,
  newGitJob: COMMANDS.newGitJob,
  newImageJob: COMMANDS.newImageJob,
  importRuns: COMMANDS.importRuns,
  importJob: COMMANDS.importJob,
};

interface Props {
  anchor: RefObject<HTMLElement | null>;
  onClose: () => void;
}

/** Every way to make a job. */
export default function NewJobList({ anchor, onClose }: Props) {
  return (
    <Popover
      aria-label="New job"
      triggerRef={anchor}
      isOpen
      onOpenChange={(open) => !open && onClose()}
      placement="bottom end"
      offset={4}
      className={menu.popover ?? ''}
    >
      <Menu
        aria-label="New job"
        autoFocus="first"
        className={menu.menu ?? ''}
        onAction={(id) => ENTRIES[id]?.run()}
        onClose={onClose}
      >
        {Object.entries(ENTRIES).map(([id, { title, shortcut }]) => (
          <MenuItem key={id} id={id} textValue={title} className={menu.item ?? ''}>
            <span className="ellipsis">{title}</span>
            {shortcut && <span className={menu.meta}>{shortcutText(shortcut)}</span>}
          </MenuItem>
        ))}
      </Menu>
    </Popover>
  );
}

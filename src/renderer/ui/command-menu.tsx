import { useRef, useState, type ReactNode } from 'react';
import { Menu, MenuItem, MenuSection, Popover } from 'react-aria-components';
import { isEnabled, type Command } from '../commands/command.ts';
import { shortcutText } from '../commands/keys.ts';
import { Button } from './button.tsx';
import menu from './menu.module.css';

interface Props {
  label: string;
  icon: ReactNode;
  look?: 'plain' | 'quiet';
  /** In groups with a line between them; commands that cannot be done now are left out. */
  groups: readonly (readonly Command[])[];
}

/** A button that opens a menu of commands, each with its shortcut. */
export function CommandMenu({ label, icon, look = 'plain', groups }: Props) {
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLSpanElement>(null);
  return (
    <span ref={anchor}>
      <Button
        look={look}
        icon={icon}
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(true)}
      />
      <Popover
        aria-label={label}
        triggerRef={anchor}
        isOpen={open}
        onOpenChange={setOpen}
        placement="bottom end"
        offset={4}
        className={menu.popover ?? ''}
      >
        <Menu
          aria-label={label}
          autoFocus="first"
          className={menu.menu ?? ''}
          onClose={() => setOpen(false)}
        >
          {groups
            .map((commands) => commands.filter(isEnabled))
            .filter((commands) => commands.length > 0)
            .map((commands) => (
              <MenuSection
                key={commands[0]!.title}
                aria-label={commands[0]!.title}
                className={menu.section ?? ''}
              >
                {commands.map((command) => (
                  <Item key={command.title} command={command} />
                ))}
              </MenuSection>
            ))}
        </Menu>
      </Popover>
    </span>
  );
}

function Item({ command }: { command: Command }) {
  const { title, shortcut, run } = command;
  return (
    // After the menu has given the focus back, which a field that is opened takes.
    <MenuItem
      textValue={title}
      className={menu.item ?? ''}
      onAction={() => requestAnimationFrame(run)}
    >
      <span className="ellipsis">{title}</span>
      {shortcut && <span className={menu.meta}>{shortcutText(shortcut)}</span>}
    </MenuItem>
  );
}

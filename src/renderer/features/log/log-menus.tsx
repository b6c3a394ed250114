import { Check, Download, Ellipsis } from 'lucide-react';
import { useRef, type ReactNode } from 'react';
import { Button, Menu, MenuItem, MenuTrigger, Popover, Separator } from 'react-aria-components';
import { isEnabled, type Command } from '../../commands/command.ts';
import { shortcutText } from '../../commands/keys.ts';
import { COMMANDS } from '../../commands/registry.ts';
import { cx } from '../../lib/cx.ts';
import buttons from '../../ui/button.module.css';
import menu from '../../ui/menu.module.css';
import styles from './log.module.css';

/** A command in a menu, with a check when it is on; null for a line between two groups. */
type Entry = { command: Command; checked?: boolean } | null;

const titleOf = ({ title }: Command): string => title.replace(/ in logs(: .*)?$/, '');

const items = (entries: readonly Entry[]) =>
  entries.map((entry, at) =>
    entry === null ? (
      <Separator key={at} className={styles.separator ?? ''} />
    ) : (
      <MenuItem
        key={at}
        id={at}
        textValue={titleOf(entry.command)}
        aria-label={titleOf(entry.command) + (entry.checked ? ', on' : '')}
        isDisabled={!isEnabled(entry.command)}
        className={menu.item ?? ''}
        onAction={() => entry.command.run()}
      >
        <span className={menu.check}>{entry.checked && <Check size={14} />}</span>
        <span className="ellipsis">{titleOf(entry.command)}</span>
        {entry.command.shortcut && (
          <span className={menu.meta}>{shortcutText(entry.command.shortcut)}</span>
        )}
      </MenuItem>
    ),
  );

const quiet = cx(buttons.button, buttons.quiet, buttons.iconOnly);

interface ButtonMenuProps {
  label: string;
  icon: ReactNode;
  /** What the menu is called. */
  title: string;
  entries: readonly Entry[];
}

function ButtonMenu({ label, icon, title, entries }: ButtonMenuProps) {
  return (
    <MenuTrigger>
      <Button aria-label={label} className={quiet}>
        {icon}
      </Button>
      <Popover className={menu.popover ?? ''} offset={4} placement="bottom end">
        <Menu aria-label={title} className={menu.menu ?? ''}>
          {items(entries)}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

/** What a log can be written to. */
export function SaveMenu({ streams }: { streams: boolean }) {
  const { saveLog, saveLogShown, saveLogErrors } = COMMANDS;
  const choices = [saveLog, saveLogShown, ...(streams ? [saveLogErrors] : [])];
  return (
    <ButtonMenu
      label="Save log"
      icon={<Download />}
      title="Save log"
      entries={choices.map((command) => ({ command }))}
    />
  );
}

export interface Checks {
  wrap: boolean;
  folded: boolean;
  times: boolean;
  following: boolean;
  streams: string;
  hasStreams: boolean;
}

/** All that can be done with a log; in a narrow window the only way to some of it. */
export function MoreMenu({ checks }: { checks: Checks }) {
  const c = COMMANDS;
  const { streams } = checks;
  const entries: Entry[] = [
    { command: c.followLog, checked: checks.following },
    { command: c.toFailure },
    { command: c.jumpToTime },
    null,
    { command: c.toggleWrap, checked: checks.wrap },
    { command: c.logTimes, checked: checks.times },
    { command: c.foldLog, checked: checks.folded },
    ...(checks.hasStreams
      ? [
          null,
          { command: c.bothStreams, checked: streams === 'both' },
          { command: c.onlyStdout, checked: streams === 'stdout' },
          { command: c.onlyStderr, checked: streams === 'stderr' },
        ]
      : []),
    null,
    { command: c.copyLog },
    { command: c.saveLog },
  ];
  return <ButtonMenu label="More of the log" icon={<Ellipsis />} title="Log" entries={entries} />;
}

interface RowMenuProps {
  at: { x: number; y: number };
  /** Lines of a build have no links. */
  links: boolean;
  onClose: () => void;
}

/** What can be done with the line that was pointed at. */
export function RowMenu({ at, links, onClose }: RowMenuProps) {
  const anchor = useRef<HTMLSpanElement>(null);
  const c = COMMANDS;
  const entries: Entry[] = [
    { command: c.copyLog },
    ...(links ? [{ command: c.copyLogLink }] : []),
    null,
    { command: c.findInLog },
    { command: c.saveLog },
  ];
  return (
    <>
      <span ref={anchor} className={styles.anchor} style={{ left: at.x, top: at.y }} />
      <Popover
        triggerRef={anchor}
        isOpen
        onOpenChange={(open) => !open && onClose()}
        placement="bottom start"
        offset={0}
        className={menu.popover ?? ''}
      >
        <Menu aria-label="Line" autoFocus="first" className={menu.menu ?? ''} onClose={onClose}>
          {items(entries)}
        </Menu>
      </Popover>
    </>
  );
}

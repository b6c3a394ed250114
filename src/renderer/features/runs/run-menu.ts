import { isEnabled, type Command } from '../../commands/command.ts';
import { shortcutText } from '../../commands/keys.ts';
import type { listCommands } from '../../commands/list-commands.ts';
import type { MenuAction } from '../../ui/action-menu.tsx';

type ListCommands = Pick<typeof listCommands, keyof typeof listCommands>;

/** What can be done with the selected runs, in groups. */
export const RUN_MENU = (commands: ListCommands): Command[][] => [
  [commands.openSelected, commands.launchSelected, commands.launchSelectedChanged],
  [commands.stopSelected],
  [commands.compareSelected, commands.starSelected, commands.tagSelected],
  [commands.copySelected],
  [commands.binSelected],
];

/** A title of the list in a place that says already what it is about. */
export const shortTitle = (title: string): string =>
  title.replace(/ (of )?selected runs?/, '').replace(/^Change tags…$/, 'Tags…');

/** Commands as entries of a menu; what cannot be done now is left out. */
export const commandActions = (groups: readonly (readonly Command[])[]): MenuAction[][] =>
  groups.map((commands) =>
    commands.filter(isEnabled).map(({ title, shortcut, run }) => ({
      title: shortTitle(title),
      meta: shortcut && shortcutText(shortcut),
      run,
    })),
  );

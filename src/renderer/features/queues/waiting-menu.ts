import { isEnabled, type Command } from '../../commands/command.ts';
import { shortcutText } from '../../commands/keys.ts';
import { waitingHere, type queueCommands } from '../../commands/queue-commands.ts';
import { PRIORITIES, type Priority } from '../../../shared/domain/run.ts';
import type { MenuAction } from '../../ui/action-menu.tsx';
import { PRIORITY_TITLES } from './queue-words.ts';

type Commands = Pick<typeof queueCommands, keyof typeof queueCommands>;

const ofPriority = (commands: Commands): Readonly<Record<Priority, Command>> => ({
  critical: commands.priorityCritical,
  high: commands.priorityHigh,
  medium: commands.priorityMedium,
  low: commands.priorityLow,
});

const action = (command: Command, title = command.title): MenuAction => ({
  title,
  meta: command.shortcut && shortcutText(command.shortcut),
  run: command.run,
});

/** What can be done with the runs that wait and are selected, in groups. */
export function waitingActions(commands: Commands): MenuAction[][] {
  const have = new Set(waitingHere().map(({ priority }) => priority));
  const plain = (...list: Command[]) => list.filter(isEnabled).map((each) => action(each));
  return [
    plain(commands.moveToTop, commands.moveToBottom),
    PRIORITIES.map((priority) => ({
      ...action(ofPriority(commands)[priority], `${PRIORITY_TITLES[priority]} priority`),
      checked: have.size === 1 && have.has(priority),
    })),
    plain(commands.startNotBefore, commands.moveToQueue),
    plain(commands.removeWaiting),
  ];
}

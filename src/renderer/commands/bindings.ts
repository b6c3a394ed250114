import { create } from 'zustand';
import { isText, keep, readKeptValues } from '../stores/kept.ts';
import type { Command } from './command.ts';
import { COMMANDS } from './registry.ts';

/** Shortcuts that the person chose, by the id of the command; null takes one away. */
type Bindings = Readonly<Record<string, string | null>>;

const KEY = 'shortcuts';

const commands: Record<string, Command> = COMMANDS;
/** As they are without any choice. */
const own = new Map(Object.entries(commands).map(([id, { shortcut }]) => [id, shortcut]));

function readStored(): Bindings {
  const isUsable = (entry: [string, unknown]): entry is [string, string | null] =>
    own.has(entry[0]) && (entry[1] === null || (isText(entry[1]) && entry[1].length < 40));
  return Object.fromEntries(Object.entries(readKeptValues(KEY)).filter(isUsable));
}

/** Gives every command the shortcut it has by now. */
function apply(bindings: Bindings): void {
  for (const [id, command] of Object.entries(commands)) {
    const shortcut = id in bindings ? bindings[id] : own.get(id);
    if (shortcut) command.shortcut = shortcut;
    else delete command.shortcut;
  }
}

export const useBindings = create<Bindings>(() => {
  const stored = readStored();
  apply(stored);
  return stored;
});

function save(bindings: Bindings): void {
  apply(bindings);
  keep(KEY, bindings);
  useBindings.setState(bindings, true);
}

/** Another command that has the shortcut now. */
export const holderOf = (shortcut: string, except: string): Command | undefined =>
  Object.entries(commands).find(
    ([id, command]) => id !== except && command.shortcut === shortcut,
  )?.[1];

/** Gives a command another shortcut, or none. */
export const bind = (id: string, shortcut: string | null): void =>
  save({ ...useBindings.getState(), [id]: shortcut });

/** The shortcuts that Slipway comes with. */
export const resetBindings = (): void => save({});

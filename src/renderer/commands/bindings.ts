import { create } from 'zustand';
import type { Command } from './command.ts';
import { COMMANDS } from './registry.ts';

/** Shortcuts that the person chose, by the id of the command; null takes one away. */
type Bindings = Readonly<Record<string, string | null>>;

const KEY = 'slipway.shortcuts';

const commands: Record<string, Command> = COMMANDS;
/** As they are without any choice. */
const own = new Map(Object.entries(commands).map(([id, { shortcut }]) => [id, shortcut]));

function readStored(): Bindings {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    if (typeof value !== 'object' || value === null) return {};
    const usable = ([id, shortcut]: [string, unknown]): boolean =>
      own.has(id) && (shortcut === null || (typeof shortcut === 'string' && shortcut.length < 40));
    return Object.fromEntries(Object.entries(value).filter(usable));
  } catch {
    return {};
  }
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
  localStorage.setItem(KEY, JSON.stringify(bindings));
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

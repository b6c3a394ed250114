import { commandsOf } from './sections.ts';
import type { LaunchState } from './launch-state.ts';

const isNamed = (entryPoint: string, command: string): boolean =>
  ` ${entryPoint} `.includes(` ${command} `);

/** The longest first: `users create` before `users`. */
const byLength = (commands: readonly string[]): string[] =>
  commands.toSorted((a, b) => b.length - a.length);

/**
 * The sub-command to show: that of what is set, else the one that the entry point names. None else: a
 * program is not made to do the first thing it can.
 */
export function startedCommand(
  { schema, spec, command }: Pick<LaunchState, 'schema' | 'spec' | 'command'>,
  entryPoint: string,
): string | null {
  const fields = schema?.fields ?? [];
  const all = commandsOf(fields);
  if (command !== null && all.includes(command)) return command;
  const set = fields.find(({ name, command: own }) => own && Object.hasOwn(spec.values, name));
  return set?.command ?? byLength(all).find((name) => isNamed(entryPoint, name)) ?? null;
}

/** An entry point that starts a sub-command, in place of the one that it ends with; null starts none. */
export function withCommand(
  entryPoint: string,
  commands: readonly string[],
  chosen: string | null,
): string {
  const last = byLength(commands).find((name) => entryPoint.endsWith(` ${name}`));
  const base = last ? entryPoint.slice(0, -last.length - 1) : entryPoint;
  return chosen === null || isNamed(base, chosen) ? base : `${base} ${chosen}`;
}

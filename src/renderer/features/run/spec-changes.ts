import type { FieldChange } from '../../../shared/domain/comparison.ts';
import type { LaunchSpec } from '../../../shared/domain/launch-spec.ts';
import { formatCommand } from '../../lib/command-line.ts';
import { flatValues, valueText } from '../runs/flat-values.ts';
import { settingsInWords } from '../../../shared/domain/settings-in-words.ts';

/** What a run was given and from what, as far as two of them are compared. */
export interface Given {
  versionNumber: number;
  entryPoint: readonly string[];
  spec: LaunchSpec;
}

type Lines = Map<string, string>;

function putValues(lines: Lines, values: Record<string, unknown>, before: string): void {
  for (const [name, value] of flatValues(values)) lines.set(before + name, valueText(value));
}

/** Everything of it as names and texts, so that two can be laid side by side. */
function linesOf({ versionNumber, entryPoint, spec }: Given): Lines {
  const lines: Lines = new Map();
  lines.set('Version', `v${versionNumber}`);
  lines.set('Entry point', formatCommand(entryPoint));
  putValues(lines, spec.values, '');
  putValues(lines, spec.config, 'config ');
  if (spec.args.length > 0) lines.set('More arguments', formatCommand(spec.args));
  for (const [path, values] of Object.entries(spec.files)) putValues(lines, values, `${path} `);
  for (const [name, value] of Object.entries(spec.env)) lines.set(`$${name}`, value);
  for (const { variable, secret } of spec.secrets) lines.set(`$${variable}`, `secret ${secret}`);
  for (const { label, text } of settingsInWords(spec.settings)) lines.set(label, text);
  return lines;
}

/** What two runs were given differently, in the order it is shown. */
export function specChanges(before: Given, after: Given): FieldChange[] {
  const old = linesOf(before);
  const now = linesOf(after);
  return [...new Set([...now.keys(), ...old.keys()])]
    .filter((name) => old.get(name) !== now.get(name))
    .map((name) => ({ name, before: old.get(name) ?? null, after: now.get(name) ?? null }));
}

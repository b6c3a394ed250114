import { Command } from 'commander';
import type { Run } from '../../shared/domain/run.ts';
import { formatEntryPoint } from '../../core/detect/entry-point.ts';
import type { Core } from '../../core/create-core.ts';
import { findRun } from '../find.ts';
import { indent, printFields, printJson, printLine, say } from '../output.ts';
import { runToEnd } from '../run-to-end.ts';
import { withCore, type Globals } from '../with-core.ts';

/** `run rerun`: the same once more. */
export function runRerunCommand(): Command {
  return new Command('rerun')
    .description('Run the same version once more, given the same. See also launch --from-run.')
    .argument('<run>', 'id or name')
    .option('--async', 'leave the run going and return at once')
    .action(async (text: string, options: { async?: boolean }, command: Command) => {
      await withCore(command, async (core, globals) => {
        const { id } = findRun(core, text);
        await core.reconcile('settle');
        await runToEnd(core, globals, {
          async: options.async === true,
          start: (signal) => rerun(core, id, options, signal),
        });
      });
    });
}

async function rerun(core: Core, id: string, options: { async?: boolean }, signal: AbortSignal) {
  const launched = await core.runs.rerun(id, { signal }, !options.async);
  for (const note of launched.notes) say(`  ${note}`);
  return launched;
}

/** `run spec`: what a run was asked to be given, and what that came to. */
export function runSpecCommand(): Command {
  return new Command('spec')
    .description('Show what a run was given, and what that came to.')
    .argument('<run>', 'id or name')
    .action(async (text: string, _options: unknown, command: Command) => {
      await withCore(command, async (core, globals) =>
        printSpec(core, globals, findRun(core, text)),
      );
    });
}

function printSpec(core: Core, globals: Globals, run: Run): void {
  const given = core.repos.specs.of(run.id);
  if (globals.json) return printJson(given);
  if (!given) return say('nothing is known of what it was given');
  const { spec, delivery } = given;
  printFields([
    ['command', formatEntryPoint(delivery.argv) || "the image's own"],
    ...delivery.secrets.map(
      ({ variable, secret }) => ['secret', `${variable} (${secret})`] as const,
    ),
  ]);
  for (const [title, values] of [
    ['values', spec.values],
    ['config', delivery.config],
    ['environment', delivery.env],
  ] as const) {
    printValues(title, values);
  }
  for (const { path, text } of delivery.files) {
    printLine(`file ${path}:`);
    printLine(indent(text.trimEnd()));
  }
}

function printValues(title: string, values: Record<string, unknown>): void {
  const entries = Object.entries(values);
  if (entries.length === 0) return;
  printLine(`${title}:`);
  for (const [name, value] of entries) {
    printLine(indent(`${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`));
  }
}

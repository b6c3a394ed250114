import { Command } from 'commander';
import type { Run } from '../../shared/domain/run.ts';
import { formatEntryPoint } from '../../core/detect/entry-point.ts';
import type { Core } from '../../core/create-core.ts';
import type { LaunchRequest } from '../../core/launch/launcher.ts';
import { findRun } from '../find.ts';
import { indent, printFields, printJson, printLine, say } from '../output.ts';
import {
  addPlacementOptions,
  placementOf,
  type PlacementOptions,
} from '../queue/placement-options.ts';
import { runToEnd } from '../run-to-end.ts';
import { settle } from '../settle.ts';
import { withCore, type Globals } from '../with-core.ts';

interface RerunOptions extends PlacementOptions {
  async?: boolean;
}

/** `run rerun`: the same once more. */
export function runRerunCommand(): Command {
  const command = new Command('rerun')
    .description('Run the same version once more, given the same. See also launch --from-run.')
    .argument('<run>', 'id or name')
    .option('--async', 'leave the run going, or in its queue, and return at once');
  return addPlacementOptions(command).action(
    async (text: string, options: RerunOptions, self: Command) => {
      await withCore(self, async (core, globals) => {
        const { id } = findRun(core, text);
        const queue = placementOf(core, options);
        await settle(core);
        await runToEnd(core, globals, {
          async: options.async === true,
          start: (signal) => rerun(core, id, { attend: !options.async, queue }, signal),
        });
      });
    },
  );
}

async function rerun(
  core: Core,
  id: string,
  how: Pick<LaunchRequest, 'attend' | 'queue'>,
  signal: AbortSignal,
) {
  const launched = await core.runs.rerun(id, { signal }, how);
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

import { Command, CommanderError } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import { binCommand } from './commands/bin.ts';
import { doctorCommand } from './commands/doctor.ts';
import { gcCommand } from './commands/gc.ts';
import { inspectCommand } from './commands/inspect.ts';
import { jobCommand } from './commands/job.ts';
import { launchCommand } from './commands/launch.ts';
import { mountCommand } from './commands/mount.ts';
import { presetCommand } from './commands/preset.ts';
import { projectCommand } from './commands/project.ts';
import { queueCommand } from './commands/queue.ts';
import { registryCommand } from './commands/registry.ts';
import { runCommand } from './commands/run.ts';
import { secretCommand } from './commands/secret.ts';
import { serveCommand } from './commands/serve.ts';
import { settingsCommand } from './commands/settings.ts';
import { sweepCommand } from './commands/sweep.ts';
import { exitStatusOf, STATUS } from './exit-status.ts';
import { printError, printJson } from './output.ts';

function program(): Command {
  const root = new Command('slipway')
    .description('Create, build, run and keep reproducible jobs on this machine.')
    .version(manifest.version)
    .option('--json', 'print one JSON document on stdout, everything else on stderr')
    .option('--data-dir <folder>', 'where Slipway keeps everything (also SLIPWAY_DATA_DIR)')
    .configureHelp({ showGlobalOptions: true });
  for (const command of [
    launchCommand,
    inspectCommand,
    jobCommand,
    runCommand,
    sweepCommand,
    queueCommand,
    serveCommand,
    binCommand,
    projectCommand,
    settingsCommand,
    presetCommand,
    mountCommand,
    secretCommand,
    registryCommand,
    doctorCommand,
    gcCommand,
  ]) {
    root.addCommand(command());
  }
  throwInsteadOfExit(root);
  return root;
}

/** Wrong usage has a status of its own here; commander would end the process with 1. */
function throwInsteadOfExit(command: Command, path = command.name()): void {
  command.exitOverride();
  command.showHelpAfterError(`  next: See \`${path} --help\`.`);
  for (const child of command.commands) throwInsteadOfExit(child, `${path} ${child.name()}`);
}

/** `--json` and `--data-dir` may stand anywhere on the line; commander wants them before the command. */
function globalsFirst(args: string[]): string[] {
  const globals: string[] = [];
  const rest: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const word = args[i]!;
    if (word === '--') {
      rest.push(...args.slice(i));
      break;
    }
    if (word === '--json' || word.startsWith('--data-dir=')) globals.push(word);
    else if (word === '--data-dir' && i + 1 < args.length) globals.push(word, args[++i]!);
    else rest.push(word);
  }
  return [...globals, ...rest];
}

async function main(): Promise<number> {
  const args = globalsFirst(process.argv.slice(2));
  try {
    await program().parseAsync(args, { from: 'user' });
    return Number(process.exitCode ?? STATUS.done);
  } catch (error) {
    const json = args.includes('--json');
    if (error instanceof CommanderError) return endOfUsage(error, json);
    printError(error, json);
    return exitStatusOf(error);
  }
}

/** Commander has said on stderr what is wrong, or shown the help that was asked for. */
function endOfUsage(error: CommanderError, json: boolean): number {
  if (error.exitCode === 0) return STATUS.done;
  const message = error.message.replace(/^error: /, '');
  if (json) printJson({ error: { code: 'E_ARGS', message } });
  return STATUS.usage;
}

// A reader that went away (`slipway run logs x | head`) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? STATUS.done : STATUS.failed);
});
// Nor is one that does not listen to what is said beside: what is under way goes on.
process.stderr.on('error', () => undefined);
process.exitCode = await main();
// Everything is closed. A question to an engine that hangs, which nobody waits for any more, holds up no end.
process.stdout.write('', () => process.stderr.write('', () => process.exit()));

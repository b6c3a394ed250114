import type { Command } from 'commander';
import { collect } from './collect.ts';

/** Options that say what the code is given. */
export interface InputOptions {
  config?: string;
  param?: string[];
  preset?: string;
  fromRun?: string;
  resourceArgs?: string;
  env?: string[];
  secret?: string[];
}

export function addInputOptions(command: Command): Command {
  return command
    .optionsGroup('What it is given:')
    .option('-c, --config <file or JSON>', 'launch config, as W&B has it: JSON, or a YAML file')
    .option('--param <name=value>', 'value of an input, see "job inputs"; may be repeated', collect)
    .option('--preset <name>', 'values kept under a name, or in a config file of the code')
    .option('--from-run <run>', 'what an earlier run was given')
    .option('-R, --resource-args <file or JSON>', 'resource arguments, as W&B has them')
    .option('--env <key=value>', 'variable; a key alone takes the value it has here', collect)
    .option('--secret <variable=name>', 'kept secret, see "secret set run"', collect);
}

/** For the end of the help: which of several places a value is taken from. */
export const PRECEDENCE = `
A value that several places give is taken from the last of these that gives it:
  the code's own default, --preset, --from-run, -c (and -R), --param and the other options.
Words behind -- are given to the program behind those that the inputs come to.
`;

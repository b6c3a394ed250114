import { type Command, Option } from 'commander';
import type { QueueChoices } from '../../shared/domain/queue.ts';
import { ENGINE_KINDS, type EngineKind } from '../../shared/domain/run.ts';
import { givenValues } from '../launch/given-document.ts';
import { say } from '../output.ts';
import { parseConcurrency } from './concurrency.ts';
import { readVariables } from './read-variables.ts';

/** Options that decide about a queue. */
export interface ChoiceOptions {
  engine?: EngineKind | 'none';
  concurrency?: number | 'none';
  resourceArgs?: string;
  variables?: string;
}

export const addChoiceOptions = (command: Command): Command =>
  command
    .addOption(
      new Option(
        '--engine <engine>',
        'what runs in it; none: as each launch or the setting says',
      ).choices([...ENGINE_KINDS, 'none']),
    )
    .option('-n, --concurrency <number>', 'runs at a time; none for no limit', parseConcurrency)
    .option(
      '-R, --resource-args <file or JSON>',
      'what its runs get where a launch says nothing else, as for launch; may hold {{variables}}',
    )
    .option('--variables <file or JSON>', 'JSON schema of each variable: type, enum, default, ...');

/** What was decided, and nothing else. @throws AppError for a document that cannot be read */
export function choicesOf(options: ChoiceOptions): Partial<QueueChoices> {
  const { engine, concurrency, resourceArgs, variables } = options;
  return {
    ...(engine !== undefined && { engine: orNull(engine) }),
    ...(concurrency !== undefined && { concurrency: orNull(concurrency) }),
    ...(resourceArgs !== undefined && { resourceArgs: valuesOf(resourceArgs, '-R') }),
    ...(variables !== undefined && {
      variables: readVariables(valuesOf(variables, '--variables')),
    }),
  };
}

/** A word stands for null on the line: the parser of options has a meaning of its own for null. */
export const orNull = <T>(given: T | 'none'): T | null => (given === 'none' ? null : given);

function valuesOf(given: string, option: string) {
  const { values, notes } = givenValues(given, option);
  for (const note of notes) say(`  ${note}`);
  return values;
}

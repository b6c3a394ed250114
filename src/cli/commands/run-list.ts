import { Command, InvalidArgumentError } from 'commander';
import type { RunPage, RunQuery } from '../../shared/domain/run-list.ts';
import { plural } from '../../shared/format.ts';
import type { Core } from '../../core/create-core.ts';
import { collect } from '../launch/collect.ts';
import { printJson, printTable, say } from '../output.ts';
import { readListQuery, type ListOptions } from '../run-list/list-query.ts';
import { listTable } from '../run-list/list-table.ts';
import { settle } from '../settle.ts';
import { withCore, type Globals } from '../with-core.ts';

/** Runs of one question to the core. */
const AT_ONCE = 500;

const HELP = `
Columns: name, state, job, version, creator, created, duration, engine, queue, priority, tags, notes,
starred, and values by their path: config.lr, summary.val.loss.
Conditions: =, !=, <, <=, >, >=, ~ (contains); COLUMN alone: it is set, !COLUMN: it is not.

  slipway run list --where 'config.lr>0.01' --sort summary.loss --columns config.lr,summary.loss
  slipway run list --state failed --where 'created>=2026-01-31' --where tag=baseline`;

/** `slipway run list` */
export function runListCommand(): Command {
  return new Command('list')
    .description('List the runs, newest first unless sorted otherwise.')
    .option('-p, --project <project>', 'only of this project')
    .option('--state <state>', 'only in this state; may be given several times', collect)
    .option('--filter <text>', 'only with this in the name, job, reason, notes or a tag')
    .option('--where <condition>', 'only where this holds; may be given several times', collect)
    .option('--starred', 'only the starred ones')
    .option('--bin', 'those in the bin')
    .option('--sort <column[:desc]>', 'in the order of this column; up to three times', collect)
    .option('--group <column>', 'those with the same value of this column together')
    .option('--columns <columns>', 'what to show, with commas between', collect)
    .option('-n, --limit <number>', 'how many', wholeNumber(1), 50)
    .option('--offset <number>', 'how many to leave out before', wholeNumber(0), 0)
    .addHelpText('after', HELP)
    .action(async (options: ListOptions, command: Command) => {
      await withCore(command, (core, globals) => list(core, globals, options));
    });
}

async function list(core: Core, { json }: Globals, options: ListOptions): Promise<void> {
  const { query, columns, isChosen } = await readListQuery(core, options);
  await settle(core);
  const { runs: found, groups, total } = await pages(core, query);
  const reasons = core.queues.reasonsOf(found.map(({ id }) => id));
  const runs = found.map((run) => ({ ...run, waits: reasons[run.id] ?? null }));
  if (json) return printJson(groups ? { total, groups, runs } : runs);
  printTable(listTable(runs, columns, isChosen));
  const shown = query.offset + runs.length;
  if (runs.length > 0 && shown < total) {
    say(`${plural(total - shown, 'more run')}: --offset ${shown}`);
  }
}

async function pages(core: Core, query: RunQuery): Promise<RunPage> {
  const { offset, limit } = query;
  const first = await core.runList.query({ ...query, limit: Math.min(limit, AT_ONCE) });
  const runs = [...first.runs];
  for (let at = AT_ONCE; at < limit && offset + at < first.total; at += AT_ONCE) {
    const part = { ...query, offset: offset + at, limit: Math.min(limit - at, AT_ONCE) };
    runs.push(...(await core.runList.query(part)).runs);
  }
  return { ...first, runs };
}

const wholeNumber =
  (least: number) =>
  (text: string): number => {
    const number = Number(text);
    if (text.trim() !== '' && Number.isSafeInteger(number) && number >= least) return number;
    throw new InvalidArgumentError(`It has to be a whole number of at least ${least}.`);
  };

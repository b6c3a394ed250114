import type { FileChange } from '../../../shared/domain/comparison.ts';
import { treeOf } from '../../../shared/domain/job.ts';
import type { RunChanges } from '../../../shared/domain/run-comparison.ts';
import type { Snapshots } from '../../snapshots/snapshots.ts';
import type { ComparedRun } from './compared-run.ts';
import { codeNames } from './named-values.ts';

type Change = RunChanges['changes'][number];
type Trees = Pick<Snapshots, 'compareTrees' | 'compareFile'>;

/** Files that are listed, and of these the ones whose lines are counted. */
const LISTED = 50;
const COUNTED = 20;
/** Of those that differ, how many are looked at. */
const LOOKED_AT = 2000;

const CODE = /\.(?:py|pyx|ipynb|sh|bash|r|jl|lua|c|cc|cpp|cu|h|hpp|rs|go|java|js|ts|m)$/i;
const CONFIG = /\.(?:ya?ml|json|toml|ini|cfg|conf|gin|env)$|(?:^|\/)Dockerfile[^/]*$/i;

/** What is different of the code: its image, or its files, those first that the program is likely made of. */
export async function changedCode(
  trees: Trees,
  good: ComparedRun,
  run: ComparedRun,
  signal: AbortSignal,
): Promise<Change[]> {
  const [before, after] = [treeOf(good.version.source), treeOf(run.version.source)];
  if (before === null || after === null)
    return changedNames(good, run, ['Image', 'Digest', 'Platform']);
  if (before === after) return [];
  const { changes, counts } = await trees.compareTrees({ before, after, limit: LOOKED_AT }, signal);
  const ranked = changes.toSorted((a, b) => rank(a, run) - rank(b, run));
  const texts: Change[] = [];
  for (const [index, change] of ranked.slice(0, LISTED).entries()) {
    const file = { path: change.path, ...(change.from !== null && { from: change.from }) };
    const lines =
      index < COUNTED && change.contentDiffers
        ? await countLines(trees, { before, after, ...file }, signal)
        : '';
    texts.push(told(`${inWords(change)}${lines}`));
  }
  const total = counts.added + counts.removed + counts.changed + counts.renamed;
  if (total > texts.length) texts.push(told(`${total - texts.length} more files changed`));
  return [...texts, ...changedNames(good, run, ['Commit'])];
}

function changedNames(good: ComparedRun, run: ComparedRun, names: readonly string[]): Change[] {
  const [old, now] = [codeNames(good), codeNames(run)];
  return names
    .filter((name) => old.get(name) !== now.get(name))
    .map((text) => ({
      section: 'code',
      text,
      before: (old.get(text) as string | undefined) ?? null,
      after: (now.get(text) as string | undefined) ?? null,
    }));
}

const told = (text: string): Change => ({ section: 'code', text, before: null, after: null });

/** The script that is started, other code, files that configure it, then the rest. */
function rank({ path }: FileChange, { run, inputs }: ComparedRun): number {
  const words = inputs?.entryPoint ?? run.entryPoint;
  if (words.some((word) => word === path || word === `./${path}`)) return 0;
  if (CODE.test(path)) return 1;
  return CONFIG.test(path) ? 2 : 3;
}

function inWords({ change, path, from, contentDiffers, before, after }: FileChange): string {
  if (change === 'added') return `${path} is new`;
  if (change === 'removed') return `${path} is gone`;
  if (change === 'renamed') return `${path} was ${from ?? 'elsewhere'}`;
  if (contentDiffers || !before || !after) return `${path} changed`;
  return `${path} is ${after.executable ? 'now' : 'no longer'} executable`;
}

/** ` (+12 -3)`; nothing for what is no text, or too large to compare. */
async function countLines(
  trees: Trees,
  pair: Parameters<Trees['compareFile']>[0],
  signal: AbortSignal,
): Promise<string> {
  const compared = await trees.compareFile(pair, signal);
  return compared.kind === 'text' ? ` (+${compared.added} -${compared.removed})` : '';
}

import type { RunChanges, RunComparison } from '../../shared/domain/run-comparison.ts';
import type { Run } from '../../shared/domain/run.ts';

import type { Json } from '../../shared/domain/json.ts';
import { flatValues } from '../features/runs/flat-values.ts';

type Row = RunComparison['rows'][number];

/** What no run says of itself, as the runs of a sweep differ in it: by their place. */
const MADE_UP: readonly [Row['section'], string, readonly Json[]][] = [
  ['code', 'Entry point', ['python train.py']],
  ['code', 'Commit', ['3f9a1c20b7', '3f9a1c20b7', '81be02ffa1']],
  ['inputs', 'epochs', [20, 20, 40]],
  ['inputs', 'lr', [0.0003, 0.001, 0.003, 0.01]],
  [
    'inputs',
    'data_root',
    ['/mnt/datasets/street-numbers/cleaned-2026-05/without-duplicates', null],
  ],
  ['settings', 'Memory', ['16 GiB', '8 GiB']],
  ['settings', 'CPUs', ['4']],
  ['environment', 'Python', ['3.11.9', '3.11.9', '3.12.1']],
  ['environment', 'numpy', ['2.1.3']],
  ['environment', 'torch', ['2.5.1', '2.4.0']],
  ['environment', 'wandb', ['0.30.0']],
];

const row = (section: Row['section'], name: string, values: Json[]): Row => {
  const texts = values.map((value) => JSON.stringify(value));
  return { section, name, values, differs: texts.some((text) => text !== texts[0]) };
};

function rowsOf(runs: readonly Run[], section: Row['section'], key: 'config' | 'summary'): Row[] {
  const flat = runs.map((run) => flatValues(run[key]));
  const names = [...new Set(flat.flatMap((values) => [...values.keys()]))];
  return names.map((name) =>
    row(
      section,
      name,
      flat.map((values) => (values.get(name) ?? null) as Json),
    ),
  );
}

/** Runs side by side, with something in every section. */
export function compareFakes(runs: readonly Run[]): RunComparison {
  const madeUp = MADE_UP.map(([section, name, values]) =>
    row(
      section,
      name,
      runs.map((_, i) => values[i % values.length] ?? null),
    ),
  );
  const version = row(
    'code',
    'Version',
    runs.map(({ jobName, versionNumber }) => `${jobName} v${versionNumber}`),
  );
  const results = rowsOf(runs, 'results', 'summary');
  const durations = runs.map(({ durationMs }) =>
    durationMs === null ? null : Math.round(durationMs / 1000),
  );
  return {
    runs: [...runs],
    rows: [
      version,
      ...madeUp,
      ...rowsOf(runs, 'config', 'config'),
      row(
        'results',
        'State',
        runs.map(({ state }) => state),
      ),
      row('results', 'Duration (s)', durations),
      ...results,
    ],
  };
}

/** What is different since the newest run of the job that finished before this one. */
export function fakeChanges(runs: readonly Run[], runId: string): RunChanges {
  const run = runs.find(({ id }) => id === runId);
  const good = runs
    .filter(({ jobId, state, createdAt }) => {
      return jobId === run?.jobId && state === 'finished' && createdAt < run.createdAt;
    })
    .toSorted((a, b) => b.createdAt - a.createdAt)[0];
  if (!good) return { good: null, changes: [] };
  return {
    good,
    changes: [
      { section: 'code', text: 'train.py changed (+12 -3)', before: null, after: null },
      { section: 'code', text: 'configs/large-batch.yaml was added', before: null, after: null },
      { section: 'inputs', text: 'batch_size', before: '64', after: '512' },
      { section: 'settings', text: 'Memory', before: null, after: '8 GiB' },
      { section: 'environment', text: 'torch', before: '2.4.0', after: '2.5.1' },
    ],
  };
}

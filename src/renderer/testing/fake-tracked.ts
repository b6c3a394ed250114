import type { ImportedRun, MetricSeries } from '../../shared/domain/tracked.ts';

/** A configuration as training code logs it: nested, long, and with everything JSON has. */
export const trackedConfig: Record<string, unknown> = {
  learning_rate: 0.0003,
  epochs: 20,
  optimizer: { name: 'adamw', betas: [0.9, 0.999], weight_decay: 0.01 },
  model: {
    width: 512,
    depth: 12,
    heads: 8,
    dropout: 0.1,
    activation: 'gelu',
    pretrained: null,
    freeze: { embeddings: true, layers: [0, 1, 2, 3] },
  },
  data_root: '/mnt/datasets/street-numbers/cleaned-2026-05/without-duplicates-and-with-masks',
  augment: false,
  tags: ['sweep', 'night'],
};

export const trackedSummary: Record<string, unknown> = {
  loss: 0.1823,
  'val/accuracy': 0.9417,
  'val/loss': 0.2051,
  best: { epoch: 17, accuracy: 0.9431 },
  _runtime: 754.2,
  _step: 4999,
};

/** A series of `count` points that falls or rises with noise, the same each time. */
function series(
  name: string,
  count: number,
  value: (part: number) => number,
  every = 1,
): MetricSeries {
  const noise = (i: number): number => Math.sin(i * 12.9898) * Math.cos(i * 4.1414);
  const points = Array.from({ length: count }, (_, i) => ({
    step: i * every,
    at: null,
    value: value(i / count) * (1 + 0.02 * noise(i)),
  }));
  return { name, count, last: points.at(-1)?.value ?? null, points };
}

export const metricSeries = (points = 5000): MetricSeries[] => [
  series('loss', points, (part) => 2.3 * Math.exp(-4 * part) + 0.17),
  series('val/accuracy', Math.ceil(points / 50), (part) => 0.95 - 0.8 * Math.exp(-5 * part), 50),
  series('learning_rate', points, (part) => 3e-4 * (1 + Math.cos(part * Math.PI)) + 1e-7),
  series('gradient_norm', points, (part) => 0.4 + 3 * Math.exp(-6 * part)),
  series('throughput', points, () => 18_400),
];

export const importReport: ImportedRun[] = [
  {
    folder: '/home/ada/experiments/wandb/run-20260611_101112-k3v9x1aa',
    outcome: 'imported',
    runId: 'run-imported',
    text: 'sweep-learning-rate v1',
    problems: [],
  },
  {
    folder: '/home/ada/experiments/wandb/offline-run-20260610_220145-8dk2p0zz',
    outcome: 'imported',
    runId: 'run-000012',
    text: 'sweep-learning-rate v1',
    problems: [
      'run-8dk2p0zz.wandb ends in the middle of a record: the last 312 bytes were left out',
    ],
  },
  {
    folder: '/home/ada/experiments/wandb/run-20260609_074512-pp81la0f',
    outcome: 'known',
    runId: 'run-000013',
    text: 'sweep-learning-rate v0',
    problems: [],
  },
  {
    folder: '/home/ada/experiments/wandb/run-20260601_120000-zz00aa11',
    outcome: 'skipped',
    runId: null,
    text: 'Nothing says where its code came from: no git remote, no code artifact and no image',
    problems: [],
  },
];

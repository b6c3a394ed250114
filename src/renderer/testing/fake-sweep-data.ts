import type { Json } from '../../shared/domain/json.ts';
import { makeSweep } from './fake-sweeps.ts';
import type { World } from './fake-world.ts';

const lossOf = (lr: Json | undefined, width: Json | undefined): number =>
  0.18 + Math.abs(Math.log10(Number(lr)) + 2.6) * 0.09 + 12 / Number(width);

/** Two sweeps to look at: one under way with failures, and one of words that ended. */
export function addSweeps(world: World): void {
  const none = { count: null, seed: 0 };
  makeSweep(
    world,
    {
      id: 'sweep-2',
      name: 'optimizers',
      createdAt: Date.now() - 90_000_000,
      plan: {
        method: 'grid',
        axes: [{ kind: 'list', input: 'optimizer', values: ['adamw', 'sgd', 'lion', 'adafactor'] }],
        ...none,
      },
    },
    ['finished'],
    ({ optimizer }) => ({ loss: optimizer === 'adamw' ? 0.31 : 0.44 }),
  );
  makeSweep(
    world,
    {
      id: 'sweep-1',
      name: 'rate-and-width',
      plan: {
        method: 'grid',
        axes: [
          { kind: 'list', input: 'lr', values: [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1] },
          { kind: 'range', input: 'model.width', from: 128, to: 512, step: 128 },
        ],
        ...none,
      },
    },
    [
      ...Array.from({ length: 15 }, () => 'finished' as const),
      ...(['failed', 'finished', 'finished', 'crashed', 'finished', 'running'] as const),
      ...(['running', 'queued', 'queued', 'queued', 'queued', 'queued', 'queued'] as const),
    ],
    ({ lr, 'model.width': width }) => ({
      loss: lossOf(lr, width),
      'val/accuracy': 1 - lossOf(lr, width) / 3,
      'val/loss': lossOf(lr, width) * 1.1,
      epoch: 20,
    }),
  );
}

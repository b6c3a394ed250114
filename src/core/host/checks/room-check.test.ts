import { expect, test } from 'vitest';
import { roomCheck } from './room-check.ts';

const never = new AbortController().signal;

test.each([
  ['nothing is known', null, 1, 'ok', 'not measured yet'],
  ['there is no budget', [20e9, 0], 0, 'ok', '20 GB taken'],
  ['it is kept', [20e9, 0], 20e9, 'ok', '20 GB taken'],
  ['it can be kept', [20e9, 5e9], 15e9, 'warning', '20 GB taken, over the budget of 15 GB'],
  [
    'it cannot be kept',
    [20e9, 4e9],
    15e9,
    'warning',
    '20 GB taken, over the budget of 15 GB even without all that can be freed',
  ],
] as const)('%s', async (_, found, budget, status, text) => {
  const [total = 0, freeable = 0] = found ?? [];
  const last = found && { measuredAt: 1, total, freeable, kept: null };
  const check = roomCheck({ last: () => last }, () => budget);
  expect(await check.look(never)).toMatchObject({ status, text });
});

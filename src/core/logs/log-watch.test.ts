import { expect, it, vi } from 'vitest';
import { LogGrowth } from './log-growth.ts';
import type { LogHead } from './log-store.ts';
import { watchLog } from './log-watch.ts';

it('tells of what was stored while it looked, though its writer says nothing more', async () => {
  const growth = new LogGrowth();
  let stored: LogHead = { lines: 0, bytes: 0 };
  growth.opened('run', { head: () => stored, busy: false });
  let looks = 0;
  const head = (): Promise<LogHead> => {
    const seen = stored;
    looks += 1;
    if (looks === 1) {
      stored = { lines: 1, bytes: 5 };
      growth.tell('run');
    }
    return Promise.resolve(seen);
  };
  const heads: LogHead[] = [];
  const stop = watchLog({ growth, head }, 'run', 10, (found) => heads.push(found));
  await vi.waitFor(() => expect(heads).toEqual([{ lines: 1, bytes: 5 }]));
  stop();
});

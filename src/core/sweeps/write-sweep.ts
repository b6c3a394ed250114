import { setImmediate as nextTurn } from 'node:timers/promises';
import type { NewCell, NewSweep, SweepDraft, SweepDraftsRepo } from '../db/sweep-drafts-repo.ts';
import type { ExecutorLock } from '../db/executor-lock.ts';
import { checkCancelled } from '../scope.ts';

/** Of one transaction: about 5 ms, and a message of the change feed. */
const CELLS_AT_ONCE = 100;

interface Whole {
  sweep: NewSweep;
  cells: readonly NewCell[];
}

/**
 * Writes a sweep with its queued runs in slices, letting others have their turn after each. Nothing of it
 * is seen or started before all of it is there. Returns its id.
 * @throws AppError `E_CANCELLED`, `E_DISK_FULL` and the like; nothing is left of it then, at the latest
 * when Slipway starts the next time
 */
export async function writeSweep(
  drafts: SweepDraftsRepo,
  { sweep, cells }: Whole,
  { maker, now }: { maker: string; now: number },
  signal: AbortSignal,
): Promise<string> {
  const draft = drafts.begin(sweep, cells.length, maker, now);
  try {
    await inSlices(cells.length, (from, to) => {
      checkCancelled(signal, 'The sweep');
      drafts.add(draft, from, cells.slice(from, to), now);
    });
    drafts.finish(draft, sweep);
  } catch (error) {
    // What keeps it from being written may keep it from being removed as well.
    await discard(drafts, draft).catch(() => undefined);
    throw error;
  }
  await inSlices(cells.length, (from, to) => drafts.tell(draft, from, to));
  return draft.id;
}

/** Removes what processes that died left half written. */
export async function discardLeft(drafts: SweepDraftsRepo, lock: ExecutorLock): Promise<void> {
  for (const { id, maker } of drafts.all()) {
    if (!lock.isAlive(maker)) await discard(drafts, { id });
  }
}

async function discard(drafts: SweepDraftsRepo, { id }: Pick<SweepDraft, 'id'>): Promise<void> {
  while (!drafts.discard(id, CELLS_AT_ONCE)) await nextTurn();
}

async function inSlices(total: number, work: (from: number, to: number) => void): Promise<void> {
  for (let from = 0; from < total; from += CELLS_AT_ONCE) {
    work(from, Math.min(total, from + CELLS_AT_ONCE));
    await nextTurn();
  }
}

import { useEffect } from 'react';
import { create } from 'zustand';
import type { WaitReason } from '../../shared/domain/queue.ts';
import type { Run } from '../../shared/domain/run.ts';
import { call, getBridge } from '../bridge/client.ts';

/** What a run waits for may change with nothing written: memory is free again, a time has come. */
const AGAIN_MS = 3000;
const CALM_MS = 150;

/** Why runs that are on the screen have not started, by their ids. */
const useReasons = create<Readonly<Record<string, WaitReason>>>(() => ({}));

/** How often each run is shown. */
const shown = new Map<string, number>();
let stop: (() => void) | null = null;

function forget(id: string): void {
  const { [id]: gone, ...others } = useReasons.getState();
  if (gone) useReasons.setState(others, true);
}

async function ask(id: string): Promise<void> {
  const result = await call('whyWaiting', { runId: id });
  if (!result.ok || !shown.has(id)) return;
  const { value } = result;
  if (value === null) return forget(id);
  if (useReasons.getState()[id]?.text !== value.text) useReasons.setState({ [id]: value });
}

const askAll = (): void => {
  if (!document.hidden) for (const id of shown.keys()) void ask(id);
};

/** Asks now and then while something is shown. Returns the stop. */
function follow(): () => void {
  let soon: ReturnType<typeof setTimeout> | undefined;
  const again = setInterval(askAll, AGAIN_MS);
  const unsubscribe = getBridge().on('changes', ({ runs, queues }) => {
    if (runs.length + queues.length === 0) return;
    soon ??= setTimeout(() => {
      soon = undefined;
      askAll();
    }, CALM_MS);
  });
  return () => {
    clearInterval(again);
    clearTimeout(soon);
    unsubscribe();
  };
}

function show(id: string): () => void {
  stop ??= follow();
  if (!shown.has(id)) void ask(id);
  shown.set(id, (shown.get(id) ?? 0) + 1);
  return () => {
    const left = shown.get(id)! - 1;
    if (left > 0) return void shown.set(id, left);
    shown.delete(id);
    forget(id);
    if (shown.size > 0) return;
    stop?.();
    stop = null;
  };
}

/** Why a run has not started, in the words of the queue page and the terminal; null when it has, or until known. */
export function useWaitReason({ id, state }: Pick<Run, 'id' | 'state'>): WaitReason | null {
  const waits = state === 'queued';
  useEffect(() => (waits ? show(id) : undefined), [id, waits]);
  const reason = useReasons((all) => all[id]);
  return waits ? (reason ?? null) : null;
}

import { useEffect } from 'react';
import { create } from 'zustand';
import type { WaitReason } from '../../shared/domain/queue.ts';
import type { Run } from '../../shared/domain/run.ts';
import { call, getBridge } from '../bridge/client.ts';

/** What a run waits for may change with nothing written: memory is free again, a time has come. */
const AGAIN_MS = 3000;
const CALM_MS = 150;
/** Most that one request asks for: more than a screen shows. */
const AT_ONCE = 500;

/** Why runs that are on the screen have not started, by their ids. */
const useReasons = create<Readonly<Record<string, WaitReason>>>(() => ({}));

/** How often each run is shown. */
const shown = new Map<string, number>();
let following: Following | null = null;

function forget(id: string): void {
  const { [id]: gone, ...others } = useReasons.getState();
  if (gone) useReasons.setState(others, true);
}

/** Of all that are shown in one request: a screen may be full of runs that wait. */
async function ask(): Promise<void> {
  const runIds = [...shown.keys()].slice(0, AT_ONCE);
  const result = await call('waitReasons', { runIds });
  if (!result.ok) return;
  const had = useReasons.getState();
  for (const id of runIds) {
    const reason = shown.has(id) ? result.value[id] : undefined;
    if (!reason) forget(id);
    else if (had[id]?.text !== reason.text) useReasons.setState({ [id]: reason });
  }
}

interface Following {
  soon(): void;
  stop(): void;
}

/** Asks soon after changes, and now and then. */
function follow(): Following {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const soon = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      if (!document.hidden) void ask();
    }, CALM_MS);
  };
  const again = setInterval(soon, AGAIN_MS);
  const unsubscribe = getBridge().on('changes', ({ runs, queues }) => {
    if (runs.length + queues.length > 0) soon();
  });
  const stop = (): void => {
    clearInterval(again);
    clearTimeout(timer);
    unsubscribe();
  };
  return { soon, stop };
}

function show(id: string): () => void {
  following ??= follow();
  if (!shown.has(id)) following.soon();
  shown.set(id, (shown.get(id) ?? 0) + 1);
  return () => {
    const left = shown.get(id)! - 1;
    if (left > 0) return void shown.set(id, left);
    shown.delete(id);
    forget(id);
    if (shown.size > 0) return;
    following?.stop();
    following = null;
  };
}

/** Why a run has not started, in the words of the queue page and the terminal; null when it has, or until known. */
export function useWaitReason({ id, state }: Pick<Run, 'id' | 'state'>): WaitReason | null {
  const waits = state === 'queued';
  useEffect(() => (waits ? show(id) : undefined), [id, waits]);
  const reason = useReasons((all) => all[id]);
  return waits ? (reason ?? null) : null;
}

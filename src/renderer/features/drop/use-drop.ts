import { useEffect, useState } from 'react';
import { useUi } from '../../stores/ui.ts';
import { takeFiles, takeText } from './take-drop.ts';

/** What hangs over the window. Names are told once things are let go; their number before that. */
export interface Drag {
  kind: 'files' | 'text';
  count: number;
  names: readonly string[];
  /** The job that it hangs over. */
  jobId: string | undefined;
}

const TEXT_TYPES = ['text/uri-list', 'text/plain'];

const same = (a: Drag | null, b: Drag): boolean =>
  a?.kind === b.kind && a.count === b.count && a.jobId === b.jobId;

/** Files, or a link from elsewhere; null for what a field takes, or what is moved within the page. */
function kindOf(event: DragEvent, inside: boolean): Drag['kind'] | null {
  const types = event.dataTransfer?.types ?? [];
  if (types.includes('Files')) return 'files';
  const field = event.target instanceof Element && event.target.closest('input, textarea');
  return !inside && !field && types.some((type) => TEXT_TYPES.includes(type)) ? 'text' : null;
}

/** The job whose row or page this is. */
function jobUnder(target: EventTarget | null): string | undefined {
  const row = target instanceof Element ? target.closest('[role="row"]') : null;
  const inRow = row?.querySelector('[data-job-id]')?.getAttribute('data-job-id');
  const { at } = useUi.getState().history;
  return inRow ?? (at.page === 'job' ? at.jobId : undefined);
}

/** Listens to drags over the whole window. Returns the stop. */
function listen(show: (change: (have: Drag | null) => Drag | null) => void): () => void {
  let inside = false;
  const over = (event: DragEvent): void => {
    const kind = kindOf(event, inside);
    if (!kind) return show(() => null);
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
    const jobId = kind === 'files' ? jobUnder(event.target) : undefined;
    const count = event.dataTransfer?.items.length || 1;
    const next: Drag = { kind, count, names: [], jobId };
    show((have) => (same(have, next) ? have : next));
  };
  const drop = (event: DragEvent): void => {
    const kind = kindOf(event, inside);
    if (!kind) return;
    event.preventDefault();
    const data = event.dataTransfer;
    if (kind === 'text') {
      show(() => null);
      return takeText(data?.getData('text/uri-list') ?? '', data?.getData('text/plain') ?? '');
    }
    const files = [...(data?.files ?? [])];
    const jobId = jobUnder(event.target);
    show(() => ({ kind, count: files.length, names: files.map(({ name }) => name), jobId }));
    void takeFiles(files, jobId).finally(() => show(() => null));
  };
  const listeners = {
    dragstart: () => void (inside = true),
    dragend: () => void (inside = false),
    dragenter: over,
    dragover: over,
    dragleave: ({ relatedTarget }: DragEvent) => !relatedTarget && show(() => null),
    drop,
  };
  const entries = Object.entries(listeners) as [keyof typeof listeners, (e: DragEvent) => void][];
  for (const [name, listener] of entries) window.addEventListener(name, listener);
  return () => {
    for (const [name, listener] of entries) window.removeEventListener(name, listener);
  };
}

/** Takes what is dropped anywhere on the window. Returns what hangs over it now. */
export function useDrop(): Drag | null {
  const [drag, setDrag] = useState<Drag | null>(null);
  useEffect(() => listen(setDrag), []);
  return drag;
}

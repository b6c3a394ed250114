import type { Core } from '../core/create-core.ts';
import { say } from './output.ts';

/** A person who has waited so long wants to know what for. */
const SILENT_MS = 1000;

/** Brings runs up to date before they are shown, and says so when an engine makes that take its time. */
export const settle = (core: Pick<Core, 'reconcile'>): Promise<void> =>
  tellingOfEngine(core.reconcile('settle'));

/** What comes of what an engine is asked for, said to be waited for when it takes its time. */
export async function tellingOfEngine<T>(work: Promise<T>): Promise<T> {
  const text = 'waiting for the engine, which has not answered yet';
  const timer = setTimeout(() => say(text), SILENT_MS);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
  }
}

import type { Core } from '../core/create-core.ts';
import { say } from './output.ts';

/** A person who has waited so long wants to know what for. */
const SILENT_MS = 1000;

/** Brings runs up to date before they are shown, and says so when an engine makes that take its time. */
export async function settle(core: Pick<Core, 'reconcile'>): Promise<void> {
  const text = 'waiting for the engine, which has not answered yet';
  const timer = setTimeout(() => say(text), SILENT_MS);
  try {
    await core.reconcile('settle');
  } finally {
    clearTimeout(timer);
  }
}

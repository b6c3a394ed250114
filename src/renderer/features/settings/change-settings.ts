import type { Settings } from '../../../shared/domain/settings.ts';
import type { Result } from '../../../shared/result.ts';
import { call } from '../../bridge/client.ts';

/** One change after the other: each is made to what the one before it left. */
let last: Promise<unknown> = Promise.resolve();

async function save(change: (now: Settings) => Partial<Settings>): Promise<Result<Settings>> {
  const now = await call('getSettings', {});
  if (!now.ok) return now;
  return call('saveSettings', { ...now.value, ...change(now.value) });
}

/** Changes the settings as they are by now, whatever else is saved meanwhile. */
export function changeSettings(
  change: (now: Settings) => Partial<Settings>,
): Promise<Result<Settings>> {
  const result = last.then(() => save(change));
  last = result;
  return result;
}

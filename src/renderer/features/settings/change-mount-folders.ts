import type { Settings } from '../../../shared/domain/settings.ts';
import type { Result } from '../../../shared/result.ts';
import { call } from '../../bridge/client.ts';

/** Changes the folders that runs may mount as they are by now, whatever else is saved meanwhile. */
export async function changeMountFolders(
  change: (folders: string[]) => string[],
): Promise<Result<Settings>> {
  const settings = await call('getSettings', {});
  if (!settings.ok) return settings;
  const mountFolders = change(settings.value.mountFolders);
  return call('saveSettings', { ...settings.value, mountFolders });
}

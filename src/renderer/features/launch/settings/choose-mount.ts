import type { ErrorData } from '../../../../shared/errors.ts';
import { call } from '../../../bridge/client.ts';

type Chosen = { folder: string; error: null } | { folder: null; error: ErrorData };

const isIn = (folder: string, parent: string): boolean =>
  folder === parent || folder.startsWith(`${parent.replace(/\/$/, '')}/`);

/** Lets the person choose a folder, and puts it on the list of those that runs may mount. */
export async function chooseMount(): Promise<Chosen | null> {
  const chosen = await call('chooseFolder', {});
  if (!chosen.ok) return { folder: null, error: chosen.error };
  if (!chosen.value) return null;
  const { folder } = chosen.value;
  const settings = await call('getSettings', {});
  if (!settings.ok) return { folder: null, error: settings.error };
  const { mountFolders } = settings.value;
  if (mountFolders.some((parent) => isIn(folder, parent))) return { folder, error: null };
  const saved = await call('saveSettings', {
    ...settings.value,
    mountFolders: [...mountFolders, folder],
  });
  return saved.ok ? { folder, error: null } : { folder: null, error: saved.error };
}
